-- The index of the search on SQLite: an FTS5 table over the entries, and triggers that keep both. Nothing here needs this
-- program: whatever writes to the file keeps the index.

create table search_entry (
    number integer primary key,
    -- The table that it is of, which row, and which part of it.
    source text not null,
    thing text not null,
    part text not null,
    -- Whose alone it is; empty where all may read it that may read the session or the objective.
    author text not null,
    session text,
    objective text,
    title text not null,
    body text not null,
    unique (source, thing, part)
);
create index search_entry_by_session on search_entry (session);
create index search_entry_by_objective on search_entry (objective);

create virtual table search_index using fts5 (
    title, body, content = 'search_entry', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');

create trigger search_entry_in after insert on search_entry begin
    insert into search_index (rowid, title, body) values (new.number, new.title, new.body);
end;
create trigger search_entry_changed after update of title, body on search_entry begin
    insert into search_index (search_index, rowid, title, body) values ('delete', old.number, old.title, old.body);
    insert into search_index (rowid, title, body) values (new.number, new.title, new.body);
end;
create trigger search_entry_out after delete on search_entry begin
    insert into search_index (search_index, rowid, title, body) values ('delete', old.number, old.title, old.body);
end;

create trigger search_objective_in after insert on objective begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'objective' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_objective_changed after update of title, description, learnt on objective begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'objective' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_objective_out after delete on objective begin
    delete from search_entry where source = 'objective' and thing = old.id;
end;

create trigger search_key_result_in after insert on key_result begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'key_result' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_key_result_changed after update of title, removed_at on key_result begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'key_result' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_key_result_out after delete on key_result begin
    delete from search_entry where source = 'key_result' and thing = old.id;
end;

create trigger search_session_in after insert on session begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'session' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_session_changed after update of title, purpose_words, message on session begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'session' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_session_out after delete on session begin
    delete from search_entry where source = 'session' and thing = old.id;
end;

create trigger search_agenda_item_in after insert on agenda_item begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'agenda_item' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_agenda_item_changed after update of session, title, shared_at, removed_at on agenda_item begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'agenda_item' and f.thing = new.id
    on conflict (source, thing, part) do update set
        session = excluded.session, author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_agenda_item_out after delete on agenda_item begin
    delete from search_entry where source = 'agenda_item' and thing = old.id;
end;

create trigger search_evidence_in after insert on evidence begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'evidence' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_evidence_changed after update of session, body, metric_unit, metric_period, anecdote, link, shared_at, removed_at on evidence begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'evidence' and f.thing = new.id
    on conflict (source, thing, part) do update set
        session = excluded.session, author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_evidence_out after delete on evidence begin
    delete from search_entry where source = 'evidence' and thing = old.id;
end;

create trigger search_capture_in after insert on capture begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'capture' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_capture_changed after update of kind, body, removed_at on capture begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'capture' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_capture_out after delete on capture begin
    delete from search_entry where source = 'capture' and thing = old.id;
end;

create trigger search_action_in after insert on action begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'action' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_action_changed after update of body, settled_words, removed_at on action begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'action' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_action_out after delete on action begin
    delete from search_entry where source = 'action' and thing = old.id;
end;

create trigger search_recap_in after insert on recap begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'recap' and f.thing = new.session
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_recap_changed after update of takeaways, decisions, oath on recap begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'recap' and f.thing = new.session
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_recap_out after delete on recap begin
    delete from search_entry where source = 'recap' and thing = old.session;
end;

create trigger search_amendment_in after insert on amendment begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'amendment' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_amendment_changed after update of reason, body on amendment begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'amendment' and f.thing = new.id
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_amendment_out after delete on amendment begin
    delete from search_entry where source = 'amendment' and thing = old.id;
end;

create trigger search_session_text_in after insert on session_text begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'session_text' and f.session = new.session and f.part = new.field
        and f.author = new.author
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_session_text_changed after update of body on session_text begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = 'session_text' and f.session = new.session and f.part = new.field
        and f.author = new.author
    on conflict (source, thing, part) do update set
        author = excluded.author, title = excluded.title, body = excluded.body;
end;
create trigger search_session_text_out after delete on session_text begin
    delete from search_entry where source = 'session_text' and thing = old.session || ' ' || old.author and part = old.field;
end;

-- What was written before there was an index.
insert into search_entry (source, thing, part, author, session, objective, title, body) select f.* from search_source f;
