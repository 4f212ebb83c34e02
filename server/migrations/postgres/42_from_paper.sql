-- Whether somebody came is told from paper is asked at each call; those events are few, and the record of a visit may be long.
create index audit_from_paper on audit (stream) where detail like '%"from_paper":{%';
