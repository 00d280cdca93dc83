-- An export finds its rows, and an archive what still waits, by day.
alter table export_queue add column booked_on date;
update export_queue set booked_on = (select u.booked_on from usage_tracking u where u.id = usage_id);
alter table export_queue alter column booked_on set not null;

create index usage_daily_by_day on usage_daily (booked_on);
create index spending_by_period on spending (period);

-- A month's usage as a file: promised to it, written and verified, being removed from usage_tracking, removed.
create table usage_archives (
    file       varchar(100) primary key,
    first_day  date         not null,
    state      varchar(10)  not null check (state in ('promised', 'written', 'removing', 'removed')),
    row_count  bigint       not null,
    cost       decimal(14, 6) not null,
    last_id    bigint       not null,
    updated_at timestamp(3) with time zone not null
);

-- How long answers are, learnt since then; what model_states has of it is from before. A stripe a group of projects, so
-- that runs of one model do not wait for each other.
create table model_lengths (
    model         varchar(100) not null,
    stripe        integer      not null,
    calls         bigint       not null,
    output_tokens bigint       not null,
    primary key (model, stripe)
);
