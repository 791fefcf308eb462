-- 复算回访率: the shares of follow-ups counted from the lines of an exported journal, by SQLite and nothing of the program.
-- The lines lie in the table `line`, one in its column `text`. In the shell of SQLite:
--
--   create table line(text);
--   .mode ascii
--   .separator "\t" "\n"
--   .import 日志.jsonl line
--   .read docs/recount.sql
--   select * from share;
--
-- `share` has a row for each clause and period: members, needed (rounded up), done. Days and months are those of China.
-- It speaks of clauses of followup-9 and followup-residential as they stand, with their usual settings, for an office whose
-- staff keep the sheets: whom a clause does not count for another reason (an exemption, the wrong post) it does not tell.

create table fact as
  select json_extract(text, '$.stream') as stream, json_extract(text, '$.name') as name, json_extract(text, '$.seq') as seq,
    json_extract(text, '$.happened') / 1000000 + 28800 as at, json_extract(text, '$.post') as post,
    json_extract(text, '$.body.attributes."follow_up.summary"') as summary,
    json_extract(text, '$.body.attributes."follow_up.proof"') as proof
  from line where json_extract(text, '$.seq') is not null and json_extract(text, '$.stream') like 'case:%';
create index fact_by_name on fact (name, stream, at);

-- What was finished, the last time that it was; each kind is followed up by its own clauses.
create view finished as
  select name, stream, max(at) as at from fact
  where name in ('repair.completed', 'complaint.resolved', 'service.help_completed') group by name, stream;

-- Each day's week: that of its Thursday.
create view week as
  select day, strftime('%Y', thursday) || '-W' || substr('0' || ((strftime('%j', thursday) - 1) / 7 + 1), -2) as week
  from (select day, date(day, '-3 days', 'weekday 4') as thursday from (
    select distinct date(at, 'unixepoch') as day from fact union select distinct date(at + 7 * 86400, 'unixepoch') from fact));

-- Talks on record that nobody but the writer's post decides about, after the work was done.
create view talk as
  select f.name, f.stream, f.at as finished, t.at, t.post, t.proof,
    exists (select 1 from fact i where i.name = 'follow_up.form_issued' and i.stream = f.stream and i.seq < t.seq) as sheet
  from finished f join fact t on t.stream = f.stream and t.name = 'follow_up.done' and t.at >= f.at
  where coalesce(t.summary, '') <> '';

-- The months, quarters and weeks (the one after, in which last week's work is asked about) of what was finished.
create view placed as
  select *, strftime('%Y-%m', at, 'unixepoch') as period, 'month' as per from finished
  union all
  select *, strftime('%Y', at, 'unixepoch') || '-Q' || ((strftime('%m', at, 'unixepoch') + 2) / 3), 'quarter' from finished
  union all
  select f.*, w.week, 'week' from finished f join week w on w.day = date(f.at + 7 * 86400, 'unixepoch');

-- The shares as the clauses ask them: in hundredths; within which span; with the sheet, with the proof; of the week before.
create view rule(clause, name, per, share, days, sheet, proof, weekly) as values
  ('followup-9/4.1.2(1)', 'complaint.resolved', 'month', 100, null, 1, 0, 0),
  ('followup-9/4.1.2(1)', 'complaint.resolved', 'quarter', 100, null, 1, 0, 0),
  ('followup-9/4.1.2(2)a', 'repair.completed', 'month', 60, null, 0, 0, 0),
  ('followup-9/4.1.2(2)a', 'repair.completed', 'quarter', 60, null, 0, 0, 0),
  ('followup-9/4.1.2(3)', 'service.help_completed', 'month', 50, null, 1, 0, 0),
  ('followup-9/4.1.2(3)', 'service.help_completed', 'quarter', 50, null, 1, 0, 0),
  ('followup-9/4.3.1b', 'repair.completed', 'week', 60, null, 0, 0, 1),
  ('followup-residential/1.3b', 'complaint.resolved', 'month', 50, '+4 days', 0, 1, 0),
  ('followup-residential/1.4b', 'repair.completed', 'month', 30, '+1 month', 0, 1, 0);

-- Each finished thing in the periods of a clause, and whether a talk counts there: with the sheet, with the proof, before the
-- window ends (the day after its last day; a month later on the same day, which short months bring forward).
create view member as
  select r.clause, p.period, r.share, p.stream,
    exists (select 1 from talk t where t.stream = p.stream and t.name = p.name
      and (r.sheet = 0 or t.sheet) and (r.proof = 0 or coalesce(t.proof, '') <> '')
      and (r.days is null or date(t.at, 'unixepoch') <
        case r.days when '+1 month' then date(min(
            date(p.at, 'unixepoch', '+1 month'), date(p.at, 'unixepoch', 'start of month', '+2 months', '-1 day')), '+1 day')
          else date(p.at, 'unixepoch', r.days) end)
      and (r.weekly = 0 or (select week from week w where w.day = date(t.at, 'unixepoch')) <= p.period)) as done
  from rule r join placed p on p.name = r.name and p.per = r.per;

create view share as
  select clause, period, count(*) as members, (count(*) * share + 99) / 100 as needed, sum(done) as done
  from member group by clause, period order by clause, period;
