-- What somebody of the office read of a case in full is counted answer by answer and file by file, for reasons that are sealed; and
-- cases that are alike find each other without saying in what.

-- The reason in their words, sealed. What stands in `why` as it was written is sealed by the clock and emptied there, also where
-- an older server still writes it.
alter table case_look add column sealed blob;
create index case_look_plain on case_look (id) where why <> '';
-- Which file was opened; from now on none is without a reason.
alter table case_look add column file_id text
    check (file_id is null or (paper is not null and sealed is not null));
drop index case_opened_once;
create unique index case_opened_once on case_look (case_id, staff_id, (coalesce(file_id, paper, '')), (at / 900000))
    where field is null;

alter table case_export add column sealed blob;
create index case_export_plain on case_export (id) where why <> '';

-- The account that a case names and whom it is about, as blind indexes: another case with the same is shown to whoever decides. A
-- case of before is in it from its next change on.
create table case_named (
    case_id text not null references procedure_case (id),
    what text not null check (what in ('account', 'about')),
    value_index text not null,
    primary key (case_id, what)
) strict;
create index case_named_alike on case_named (what, value_index);
