-- A file that the scanner gives no answer for keeps no other waiting.

-- How often it gave none, and from when on it is asked again; at once where it was never asked.
alter table case_file add column scan_tries bigint not null default 0 check (scan_tries >= 0);
alter table case_file add column scan_from bigint;
