//! The names of closed lists: what serde writes is what a form sends and what is read back.

use std::fmt::Debug;
use std::str::FromStr;

use serde::{Serialize, de::DeserializeOwned};
use shared::counter::{ActName, StateName};
use shared::eligibility::pack::LifeEvent;
use shared::eligibility::verdict::Status;
use shared::identity::{IdType, Sex};
use shared::marriage::check::Kinship;
use shared::marriage::{MaritalStatus, PartyKind};
use shared::places::Datum;
use shared::staff::Role;

fn agree<T>(all: &[T], names: &[&str])
where
    T: Copy + Debug + PartialEq + Serialize + DeserializeOwned + FromStr + Into<&'static str>,
{
    let wire: Vec<&str> = all.iter().map(|one| (*one).into()).collect();
    assert_eq!(wire, names);
    for (one, name) in all.iter().zip(names) {
        let json = serde_json::to_string(one).expect("a name");
        assert_eq!(json, format!("\"{name}\""));
        assert_eq!(serde_json::from_str::<T>(&json).expect("the same name"), *one);
        assert_eq!(name.parse::<T>().ok(), Some(*one));
        for strange in ["", " ", &name.to_uppercase(), &format!("{name} ")] {
            assert_eq!(strange.parse::<T>().ok(), None, "{strange}");
        }
    }
}

#[test]
fn the_wire_name_and_serde_agree() {
    agree(Datum::ALL, &["wgs84", "cgcs2000", "gcj02", "bd09"]);
    agree(Sex::ALL, &["male", "female"]);
    agree(
        IdType::ALL,
        &[
            "resident_id",
            "hk_macao_taiwan_residence_permit",
            "hk_macao_permit",
            "taiwan_permit",
            "passport",
            "travel_document",
            "foreign_permanent_resident_id",
        ],
    );
    agree(PartyKind::ALL, &["mainland", "hk_macao_taiwan", "overseas_chinese", "foreigner"]);
    agree(MaritalStatus::ALL, &["never_married", "divorced", "widowed", "married", "unsure"]);
    agree(Kinship::ALL, &["none", "close", "unsure"]);
    agree(
        StateName::ALL,
        &["booked", "arrived", "called", "serving", "parked", "finished", "no_show", "left", "redirected"],
    );
    agree(
        ActName::ALL,
        &[
            "arrive",
            "call",
            "serve",
            "finish",
            "no-show",
            "park",
            "back",
            "left",
            "give-back",
            "give-priority",
            "end-priority",
            "hand-over",
            "redirect",
            "release",
            "correct",
            "undo",
        ],
    );
    agree(
        Role::ALL,
        &[
            "counter_clerk",
            "reviewer",
            "approver",
            "finance",
            "content_editor",
            "office_manager",
            "auditor",
            "account_administrator",
        ],
    );
    agree(&[Status::Likely, Status::Ask, Status::Bureau, Status::No], &["likely", "ask", "bureau", "no"]);
    agree(LifeEvent::ALL, &["lost_income", "illness", "disability", "old_age", "child_alone", "death"]);
}
