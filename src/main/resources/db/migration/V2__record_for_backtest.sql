-- What deciding a recorded request again needs besides V1. Null in rows from before: what they had is not known.

alter table requests add column flags text;
alter table requests add column pinned_model varchar(100);
alter table requests add column constraints text;
alter table requests add column max_output_tokens integer;
alter table requests add column input_bytes bigint;

create index requests_by_time on requests (created_at, id);
