-- What a request's last run cost; null until that is known. A run that spent is not run again under the same id.
alter table requests add column cost decimal(14, 6);
update requests set cost = (select coalesce(sum(u.cost), 0) from usage_tracking u
                            where u.request_id = requests.id and u.run = requests.run)
where state in ('completed', 'failed');

-- Whether the catalogue's price and the CLI's own figure are more than 1 % apart.
alter table usage_tracking add column cost_differs boolean default false not null;

-- When each Conduit that shares this database was last alive: the runs of one that is gone can be told.
create table nodes (
    id      varchar(32) primary key,
    seen_at timestamp(3) with time zone not null
);

-- Sums of usage_tracking, kept with each row that is written; reports are answered from here, however many rows there
-- are. A run counts as a request where its first row is; agent_id is empty where there is none.
create table usage_daily (
    project_id         varchar(100) not null,
    booked_on          date         not null,
    model              varchar(100) not null,
    agent_id           varchar(200) not null,
    routing_source     varchar(10)  not null,
    requests           bigint       not null,
    input_tokens       bigint       not null,
    output_tokens      bigint       not null,
    cache_read_tokens  bigint       not null,
    cache_write_tokens bigint       not null,
    cost               decimal(14, 6) not null,
    estimated_cost     decimal(14, 6) not null,
    differing          bigint       not null,
    primary key (project_id, booked_on, model, agent_id, routing_source)
);
insert into usage_daily
select project_id, booked_on, model, coalesce(agent_id, ''), routing_source,
       sum(case when part = 0 then 1 else 0 end), sum(input_tokens), sum(output_tokens), sum(cache_read_tokens),
       sum(cache_write_tokens), sum(cost), sum(case when estimated then cost else 0 end), 0
from usage_tracking
group by project_id, booked_on, model, coalesce(agent_id, ''), routing_source;
