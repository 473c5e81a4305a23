-- What two people did together is asked for on every page about their next session.
create index session_by_pair on session (employee, manager, state, starts_at);
