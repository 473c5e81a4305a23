-- What can be found by searching, on either engine. The files beside this one hold each engine's index of it, and the
-- triggers that keep the index in the transaction of whatever is written.

-- Every text by the table that it is of, which row, and which part of it; whose alone it is (empty: of all that may read the
-- session or the objective); and where it belongs. What was removed has no words, so nobody finds it.
create view search_source (source, thing, part, author, session, objective, title, body) as
select 'objective', o.id, '', '', cast(null as text), o.id, o.title, o.description || '
' || o.learnt
from objective o
union all
select 'key_result', k.id, '', '', null, k.objective, case when k.removed_at is null then k.title else '' end, ''
from key_result k
union all
select 'session', s.id, 'title', '', s.id, null, s.title, '' from session s
union all
select 'session', s.id, 'invitation', '', s.id, null, '', s.purpose_words || '
' || s.message
from session s
union all
select 'session_text', t.session || ' ' || t.author, t.field, t.author, t.session, null, '', t.body from session_text t
union all
select 'agenda_item', i.id, 'agenda', case when i.shared_at is null then i.author else '' end, i.session, null, '',
    case when i.removed_at is null then i.title else '' end
from agenda_item i
union all
select 'evidence', v.id, 'evidence', case when v.shared_at is null then v.author else '' end, v.session, null, '',
    case when v.removed_at is null then v.body || '
' || v.anecdote || '
' || v.metric_unit || ' ' || v.metric_period || '
' || v.link else '' end
from evidence v
union all
select 'capture', c.id, c.kind, '', c.session, null, '', case when c.removed_at is null then c.body else '' end
from capture c
union all
select 'action', a.id, 'action', '', a.session, null, case when a.removed_at is null then a.body else '' end,
    case when a.removed_at is null then a.settled_words else '' end
from action a
union all
select 'recap', r.session, 'recap', '', r.session, null, '', r.takeaways || '
' || r.decisions || '
' || r.oath
from recap r
union all
select 'amendment', m.id, 'amendment', '', m.session, null, '', m.body || '
' || m.reason
from amendment m;
