-- What is still open in sessions that are over is asked for on nearly every page, and is little of what there is.
drop index action_by_session;
create index action_by_session on action (session, state, settled_at);
create index carried_by_action on carried (action) where action is not null;
create index capture_parked on capture (session) where kind = 'parked' and removed_at is null;
