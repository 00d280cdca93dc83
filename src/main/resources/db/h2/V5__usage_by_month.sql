-- What is held is asked by state; a project's share of it is read from those few rows. (PostgreSQL has an index of these
-- rows alone, and usage_tracking in partitions: see its own V5.)
drop index reservations_open;
create index reservations_open on reservations (state, booked_on);
