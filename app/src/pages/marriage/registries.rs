//! `/marriage/registries`: where couples register, as the directory engine draws it.

use super::book::MARRIAGE;
use crate::{directory::DirectoryPages, words::Text};

pub static REGISTRIES: DirectoryPages = DirectoryPages {
    kind: "marriage_registry",
    plural: Text("婚姻登记处", "Marriage registries"),
    lead: Text(
        "在哪里，什么时候办理，打什么电话，怎么预约。",
        "Where they are, when they are open, what to call and how to book.",
    ),
    open: Text("正在办理", "Open"),
    schema: "GovernmentOffice",
    above: ("/marriage", Text("结婚登记", "Marriage registration")),
    book: Some(&MARRIAGE),
};
