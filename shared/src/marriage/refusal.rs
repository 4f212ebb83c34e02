//! What marriage registration refuses beyond the appointment engine.

use crate::problem::{self, Problem, Words};

/// Why a couple cannot book here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody has confirmed that the registry registers couples with a party from outside the mainland (婚姻登记条例 art 2).
    NoForeignAuthority,
}

impl Refusal {
    /// One of each, for the tests of words and documents.
    pub fn examples() -> Vec<Problem> {
        [Self::NoForeignAuthority].map(Problem::from).into()
    }
}

impl problem::Refusal for Refusal {
    fn words(&self) -> Words {
        match self {
            Self::NoForeignAuthority => Words::new(
                "no_foreign_authority",
                409,
                ["网上不能约这个登记机关", "Not online at this registry"],
                [
                    "这个登记机关能不能办理涉外、涉港澳台和华侨婚姻登记，没有查到。请选择能办的登记机关，或者打电话问。",
                    "Whether this registry registers couples with a party from outside the mainland is not known here. Please choose one \
                     that does, or phone it.",
                ],
            ),
        }
    }
}
