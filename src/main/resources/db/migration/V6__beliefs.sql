-- What the bandit believes is the fold of belief_log by its version, which counts from 1 without gaps: the row of
-- belief_head is locked until the line is committed. model_states is a snapshot of that fold, to start from.

create table belief_log (
    version        bigint       primary key,
    kind           varchar(10)  not null check (kind in ('judged', 'replaced', 'renewed')),
    request_id     varchar(100),
    run            integer,
    model          varchar(100) not null,
    -- Of a replaced one: of the cell that took the former in.
    category       varchar(200),
    length_bucket  varchar(20),
    signal         varchar(20),
    reward         double precision check (reward between 0 and 1),
    weight         double precision check (weight > 0 and weight <= 1),
    -- Of a replaced one: the judgement that it replaces. Of a renewed model: the model that it follows.
    former_version bigint,
    former_reward  double precision,
    former_weight  double precision,
    former_place   bigint,
    former_model   varchar(100),
    created_at     timestamp(3) with time zone not null
);

-- The one judgement of each run that counts now, its line in the log, the cell that took it in and its place there. Place
-- 0: the log has to tell both.
create table observations (
    request_id    varchar(100) not null,
    run           integer      not null,
    model         varchar(100) not null,
    category      varchar(200) not null,
    length_bucket varchar(20)  not null,
    signal        varchar(20)  not null,
    reward        double precision not null,
    weight        double precision not null,
    said          boolean      not null,
    version       bigint       not null,
    place         bigint       not null,
    created_at    timestamp(3) with time zone not null,
    primary key (request_id, run)
);

insert into observations
select f.request_id, d.run, f.model, d.category,
       case when d.token_count < 1000 then 'short' when d.token_count < 8000 then 'medium' else 'long' end,
       f.signal, f.reward, 1, true, row_number() over (order by f.updated_at, f.request_id), 0, f.updated_at
from feedback f
join requests r on r.id = f.request_id
join routing_decisions d on d.request_id = r.id and d.run = r.run;

insert into belief_log (version, kind, request_id, run, model, category, length_bucket, signal, reward, weight, created_at)
select version, 'judged', request_id, run, model, category, length_bucket, signal, reward, weight, created_at
from observations;

-- folded_as: by which numbers the snapshot was folded; with others it is not the fold, and is made anew.
create table belief_head (
    id        integer      primary key check (id = 1),
    version   bigint       not null,
    snapshot  bigint       not null,
    folded_as varchar(100) not null
);
insert into belief_head select 1, count(*), 0, '' from belief_log;

drop table model_states;
create table model_states (
    category      varchar(200) not null,
    length_bucket varchar(20)  not null,
    model         varchar(100) not null,
    good          double precision not null,
    bad           double precision not null,
    squares       double precision not null,
    observations  bigint       not null,
    born          bigint       not null,
    touched       bigint       not null,
    places        bigint       not null,
    primary key (category, length_bucket, model)
);

-- What answers are like, older ones counting less: sums a model, context and stripe (a group of projects, so that runs
-- of one model do not wait for each other). It is learnt anew: what model_lengths knew had no context.
drop table model_lengths;
create table model_usage (
    model           varchar(100) not null,
    category        varchar(200) not null,
    length_bucket   varchar(20)  not null,
    stripe          integer      not null,
    answers         double precision not null,
    input_tokens    double precision not null,
    output_tokens   double precision not null,
    latency_log     double precision not null,
    latency_squares double precision not null,
    baseline_log    double precision not null,
    primary key (model, category, length_bucket, stripe)
);

-- By which terms the bandit chose, and of what beliefs; with the candidates and the seed they repeat the choice.
alter table routing_decisions add column sampling text;
-- A hash of the prompt of a request with a user, alike for texts that are alike; no text can be read from it.
alter table requests add column similarity bigint;

-- Until when requests were looked over for those that repeat an earlier one.
create table repeat_scan (
    id         integer primary key check (id = 1),
    scanned_to timestamp(3) with time zone not null
);
insert into repeat_scan values (1, current_timestamp);
create index implicit_feedback_by_time on implicit_feedback (created_at);
