-- usage_tracking in one partition a month, so that a month is removed in an instant.

drop view recent_routing_performance;
-- A key that leads to a partitioned table would need the day, and would hold up removing a partition.
alter table export_queue drop constraint export_queue_usage_id_fkey;

alter table usage_tracking rename to usage_before;
drop index usage_by_day;
-- A sequence, as an identity column of a partitioned table needs PostgreSQL 17.
create sequence usage_tracking_number as bigint;
create table usage_tracking (
    id                    bigint       not null default nextval('usage_tracking_number'),
    request_id            varchar(100) not null,
    run                   integer      not null,
    part                  integer      not null,
    project_id            varchar(100) not null,
    agent_id              varchar(200),
    session_id            varchar(200),
    model                 varchar(100) not null,
    input_tokens          bigint       not null check (input_tokens >= 0),
    output_tokens         bigint       not null check (output_tokens >= 0),
    cache_read_tokens     bigint       not null check (cache_read_tokens >= 0),
    cache_write_tokens    bigint       not null check (cache_write_tokens >= 0),
    cache_write_1h_tokens bigint       not null check (cache_write_1h_tokens between 0 and cache_write_tokens),
    total_tokens          bigint generated always as
        (input_tokens + output_tokens + cache_read_tokens + cache_write_tokens) stored,
    cost                  decimal(12, 6) not null check (cost >= 0),
    cli_cost              decimal(12, 6),
    estimated             boolean      not null,
    cost_currency         char(3)      not null check (cost_currency = 'USD'),
    routing_source        varchar(10)  not null,
    routing_reason        varchar(1000) not null,
    latency_ms            bigint       not null check (latency_ms >= 0),
    metadata              text         not null,
    booked_on             date         not null,
    created_at            timestamp(3) with time zone not null,
    cost_differs          boolean      not null default false
) partition by range (booked_on);
alter sequence usage_tracking_number owned by usage_tracking.id;

-- A row whose month has no partition yet lands here: nothing is ever refused for want of one.
create table usage_tracking_default partition of usage_tracking default;
do $$
declare
    first date;
begin
    for first in select distinct cast(date_trunc('month', booked_on) as date) from usage_before loop
        execute format('create table %I partition of usage_tracking for values from (%L) to (%L)',
                       'usage_tracking_' || to_char(first, 'YYYY_MM'), first,
                       cast(first + interval '1 month' as date));
    end loop;
end $$;
insert into usage_tracking (id, request_id, run, part, project_id, agent_id, session_id, model, input_tokens,
                            output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, cost,
                            cli_cost, estimated, cost_currency, routing_source, routing_reason, latency_ms, metadata,
                            booked_on, created_at, cost_differs)
select id, request_id, run, part, project_id, agent_id, session_id, model, input_tokens, output_tokens,
       cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, cost, cli_cost, estimated, cost_currency,
       routing_source, routing_reason, latency_ms, metadata, booked_on, created_at, cost_differs
from usage_before;
select setval('usage_tracking_number', (select coalesce(max(id), 0) + 1 from usage_before), false);
drop table usage_before;
alter table usage_tracking add primary key (id, booked_on);
alter table usage_tracking add unique (request_id, run, part, booked_on);
create index usage_by_day on usage_tracking (booked_on, project_id);

-- How routing did of late. Requests without feedback are unrated (null), not failures. Only late months are looked at.
create view recent_routing_performance as
select d.model, d.source, d.category,
       count(*)                                              as requests,
       sum(case when r.state = 'completed' then 1 else 0 end) as completed,
       count(f.reward)                                       as rated,
       avg(f.reward)                                         as mean_reward,
       avg(u.cost)                                           as mean_cost,
       avg(u.latency_ms)                                     as mean_latency_ms
from routing_decisions d
join requests r on r.id = d.request_id and r.run = d.run
left join usage_tracking u on u.request_id = d.request_id and u.run = d.run and u.part = 0
    and u.booked_on > current_date - 10
left join feedback f on f.request_id = d.request_id
where d.created_at > current_timestamp - interval '7' day
group by d.model, d.source, d.category;

-- Only what is open is in it.
drop index reservations_open;
create index reservations_open on reservations (booked_on) where state in ('held', 'unknown');
