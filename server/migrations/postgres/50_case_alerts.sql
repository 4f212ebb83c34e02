-- What the clock told of a case stands until somebody who can do something about it says that they know, until it tells more, or
-- until that time is over. A case has two times after each other that may begin on one day: until it counts as accepted, and until
-- it is decided.
alter table case_alert
    add column clock text not null default 'office' check (clock in ('silence', 'office')),
    add column ended_at bigint,
    -- Whoever said that they know.
    add column known_by text references staff (id),
    drop constraint case_alert_pkey,
    add primary key (case_id, clock, begun_on, alert),
    add check (known_by is null or ended_at is not null);
update case_alert set ended_at = at
    where exists (select 1 from case_alert l where l.case_id = case_alert.case_id and l.at > case_alert.at)
    or case_id in (select id from procedure_case where state in ('decided', 'closed', 'withdrawn'));
create index case_alert_stands on case_alert (at) where ended_at is null;

-- What counted as accepted since nobody looked at it in time is asked for nothing any more (行政许可法 第三十二条).
alter table procedure_case add column silent bigint not null default 0 check (silent in (0, 1));
update procedure_case set silent = 1
    where exists (select 1 from audit a where a.stream = 'case:' || procedure_case.id and a.act = 'case_accepted_by_silence');

-- How long cases take is told of some of them, the open ones too; their ids are drawn at random.
create index case_usual on procedure_case (procedure, region, id, submitted_at);
drop index case_decided;
