-- What the clock told of a case stands until somebody who can do something about it says that they know, until it tells more, or
-- until that time is over. A case has two times after each other that may begin on one day: until it counts as accepted, and until
-- it is decided.
alter table case_alert rename to case_alert_before;
create table case_alert (
    case_id text not null references procedure_case (id),
    clock text not null default 'office' check (clock in ('silence', 'office')),
    begun_on text not null,
    alert text not null check (alert in ('half', 'near', 'due', 'over')),
    at integer not null,
    ended_at integer,
    -- Whoever said that they know.
    known_by text references staff (id),
    primary key (case_id, clock, begun_on, alert),
    check (known_by is null or ended_at is not null)
) strict;
insert into case_alert (case_id, begun_on, alert, at) select case_id, begun_on, alert, at from case_alert_before;
drop table case_alert_before;
update case_alert set ended_at = at
    where exists (select 1 from case_alert l where l.case_id = case_alert.case_id and l.at > case_alert.at)
    or case_id in (select id from procedure_case where state in ('decided', 'closed', 'withdrawn'));
create index case_alert_stands on case_alert (at) where ended_at is null;

-- What counted as accepted since nobody looked at it in time is asked for nothing any more (行政许可法 第三十二条).
alter table procedure_case add column silent integer not null default 0 check (silent in (0, 1));
update procedure_case set silent = 1
    where exists (select 1 from audit a where a.stream = 'case:' || procedure_case.id and a.act = 'case_accepted_by_silence');

-- How long cases take is told of some of them, the open ones too; their ids are drawn at random.
create index case_usual on procedure_case (procedure, region, id, submitted_at);
drop index case_decided;
