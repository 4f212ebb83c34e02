-- How often the operator had accepted a clock behind what was last written: events of the same time before and after that
-- are sealed in windows of their own, since a sealed window takes no more.
alter table audit add column era bigint not null default 0;
alter table checkpoint add column era bigint not null default 0;
-- An event is not written into a window that is sealed.
create index checkpoint_until on checkpoint (era, until_at);
