-- What became of each call of a run that made more than one; a row is there before the next call starts. failure is null
-- where it answered; next_model and next_worst tell the call that follows, until that has a row of its own.
create table attempts (
    request_id varchar(100) not null,
    run        integer      not null,
    attempt    integer      not null check (attempt > 0),
    project_id varchar(100) not null,
    model      varchar(100) not null,
    failure    varchar(20),
    detail     varchar(1000) not null,
    latency_ms bigint       not null check (latency_ms >= 0),
    cost       decimal(12, 6) not null check (cost >= 0),
    billed     text         not null,
    next_model varchar(100),
    next_worst decimal(12, 6),
    created_at timestamp(3) with time zone not null,
    primary key (request_id, run, attempt)
);

-- Which of them a row is of.
alter table usage_tracking add column attempt integer default 1 not null;

-- The models that a project's requests may go to where one fails, in their order, as JSON; null: all that are allowed.
alter table projects add column fallback text;
