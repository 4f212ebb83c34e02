-- Two persons, and from a sum on a third, also for whoever writes into the database past the portal: a case begins unsigned, what
-- stands proposed does not change, and it is signed as it stands, in its time, after the further signature where its sum takes
-- one; who entered something and who signed it further is kept.

-- The sum that was proposed last, in fen; none where the bureau works it out when it pays, which may be any sum.
alter table procedure_case add column proposed_fen bigint;
-- The hash that was signed last.
alter table procedure_case add column signed_hash text;

create function not_apart() returns trigger language plpgsql as $$ begin
    raise exception 'three_persons' using errcode = '23514', constraint = 'three_persons';
end $$;

create trigger case_begins_unsigned before insert on procedure_case
    for each row when (new.state <> 'submitted' or new.proposed_by is not null or new.approved_by is not null)
    execute function not_apart();

create trigger proposal_stays
    before update of region, procedure, state_json, proposed_by, proposed_fen, lapses_at, applicant_index on procedure_case
    for each row when (old.state = 'proposed' and new.state = 'proposed'
        and (new.region <> old.region or new.procedure <> old.procedure or new.state_json <> old.state_json
            or new.proposed_by is distinct from old.proposed_by or new.proposed_fen is distinct from old.proposed_fen
            or new.lapses_at is distinct from old.lapses_at or new.applicant_index is distinct from old.applicant_index))
    execute function not_apart();

-- However a case comes to be decided: out of the proposal that stands, within its time.
create trigger case_is_signed_as_proposed before update of state, approved_by on procedure_case
    for each row when (new.approved_by is not null
        and (new.approved_by is distinct from old.approved_by
            or (new.state in ('decided', 'closed') and old.state not in ('decided', 'closed')))
        and (old.state <> 'proposed' or new.state <> 'decided' or new.decided_at >= old.lapses_at
            or new.region <> old.region or new.procedure <> old.procedure
            or new.proposed_by is distinct from old.proposed_by or new.applicant_index is distinct from old.applicant_index
            or new.signed_hash is distinct from (old.state_json::json ->> 'hash')
            or (new.state_json::json ->> 'outcome') is distinct from (old.state_json::json ->> 'outcome')))
    execute function not_apart();

-- What is in force is set for the place of the case or the nearest above it. A proposal waits for 72 hours, so the end of its time
-- says when it was made: a further signature from before is of another.
create function case_is_cosigned_first() returns trigger language plpgsql as $$ begin
    if (old.state_json::json ->> 'outcome') = 'granted'
        and exists (select 1 from (select t.fen from signing_threshold t where t.outcome = 'confirmed'
                and t.procedure = old.procedure
                and t.region in (old.region, substr(old.region, 1, 4) || '00', substr(old.region, 1, 2) || '0000', '100000')
                order by t.region desc, t.decided_at desc, t.proposed_at desc limit 1) holds
            where holds.fen is not null and (old.proposed_fen is null or old.proposed_fen >= holds.fen))
        and not exists (select 1 from case_cosign s where s.case_id = old.id
            and s.hash = (old.state_json::json ->> 'hash') and s.at >= old.lapses_at - 259200000)
    then
        raise exception 'three_persons' using errcode = '23514', constraint = 'three_persons';
    end if;
    return new;
end $$;
create trigger case_is_cosigned_first before update of state, approved_by on procedure_case
    for each row when (new.approved_by is not null and old.state = 'proposed' and new.state <> 'proposed')
    execute function case_is_cosigned_first();

-- The further signature is over what stands proposed, by none of those who have another part in it.
create function case_is_cosigned_by_another() returns trigger language plpgsql as $$ begin
    if not exists (select 1 from procedure_case c where c.id = new.case_id and c.state = 'proposed'
        and (c.state_json::json ->> 'hash') = new.hash
        and new.staff_id is distinct from c.filed_by and new.staff_id is distinct from c.proposed_by
        and not exists (select 1 from staff s where s.id = new.staff_id and s.person_index = c.applicant_index)
        and not exists (select 1 from case_hand h where h.case_id = c.id and h.staff_id = new.staff_id))
    then
        raise exception 'three_persons' using errcode = '23514', constraint = 'three_persons';
    end if;
    return new;
end $$;
create trigger case_is_cosigned_by_another before insert on case_cosign
    for each row execute function case_is_cosigned_by_another();

create trigger cosign_stays before update of case_id, staff_id, hash on case_cosign
    for each row execute function not_apart();
create trigger cosign_is_kept before delete on case_cosign for each row execute function not_apart();
create trigger hand_stays before update on case_hand for each row execute function not_apart();
create trigger hand_is_kept before delete on case_hand for each row execute function not_apart();
