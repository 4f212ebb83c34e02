//! A family that applies over the API: begins, fills in, adds photographs and hands in. All people and numbers are invented.

use std::{collections::BTreeMap, net::SocketAddr};

use hyper::{StatusCode, body::Bytes};
use serde::Deserialize;
use serde_json::json;
use shared::{
    identity::Sex,
    invented::person,
    procedures::{CaseReference, file::LONGEST_PART},
};

use crate::{
    Outcome,
    http::{Answer, Connection},
};

const DRAFTS: &str = "/api/v1/procedures/green_burial/drafts";

pub struct Family {
    connection: Connection,
}

/// What a family fills in.
pub struct Draft {
    pub path: String,
    /// The header that proves that it is theirs.
    pub bearer: String,
}

/// An application that was handed in.
#[derive(Deserialize)]
pub struct Made {
    pub reference: CaseReference,
}

impl Family {
    pub async fn connect(address: SocketAddr) -> Outcome<Self> {
        Ok(Self { connection: Connection::open(address).await? })
    }

    pub async fn begin(&mut self) -> Outcome<Draft> {
        #[derive(Deserialize)]
        struct Begun {
            draft_id: String,
            token: String,
        }
        let answer = self.connection.post_json(DRAFTS, &[], &json!({})).await?;
        let Begun { draft_id, token } = read(&answer, StatusCode::CREATED)?;
        Ok(Draft { path: format!("{DRAFTS}/{draft_id}"), bearer: format!("Bearer {token}") })
    }

    /// Keeps all answers of the `n`th family.
    pub async fn fill_in(&mut self, draft: &Draft, n: usize) -> Outcome<()> {
        let body = json!({ "version": 0, "fields": answers(n) });
        let answer = self.connection.put_json(&draft.path, &[("authorization", &draft.bearer)], &body).await?;
        read::<serde_json::Value>(&answer, StatusCode::OK)?;
        Ok(())
    }

    /// The same draft again gives the same case: its path is the key.
    pub async fn hand_in(&mut self, draft: &Draft) -> Outcome<Made> {
        let path = format!("{}/submit", draft.path);
        let headers = [("authorization", draft.bearer.as_str()), ("idempotency-key", draft.path.as_str())];
        let answer = self.connection.post_json(&path, &headers, &json!({ "version": 1 })).await?;
        read(&answer, StatusCode::CREATED)
    }

    /// A whole application of the `n`th family.
    pub async fn applies(&mut self, n: usize) -> Outcome<Made> {
        let draft = self.begin().await?;
        self.fill_in(&draft, n).await?;
        self.hand_in(&draft).await
    }

    /// Sends a photograph in parts, the last of them again while the server has its hands full; how often that was.
    pub async fn photo(&mut self, draft: &Draft, photo: &Bytes) -> Outcome<usize> {
        #[derive(Deserialize)]
        struct Begun {
            file_id: String,
        }
        let bearer = [("authorization", draft.bearer.as_str())];
        let announced = json!({ "paper": "cremation_proof", "name": "IMG_2026.jpg", "size": photo.len() });
        let answer = self.connection.post_json(&format!("{}/files", draft.path), &bearer, &announced).await?;
        let Begun { file_id } = read(&answer, StatusCode::CREATED)?;
        let mut busy = 0;
        for offset in (0..photo.len()).step_by(LONGEST_PART) {
            let part = photo.slice(offset..photo.len().min(offset + LONGEST_PART));
            let path = format!("{}/files/{file_id}?offset={offset}", draft.path);
            loop {
                let answer = self.connection.patch(&path, &bearer, part.clone()).await?;
                if answer.status != StatusCode::SERVICE_UNAVAILABLE {
                    read::<serde_json::Value>(&answer, StatusCode::OK)?;
                    break;
                }
                busy += 1;
            }
        }
        Ok(busy)
    }
}

/// Everything that the `n`th family types.
fn answers(n: usize) -> BTreeMap<&'static str, String> {
    let (deceased, applicant) = (person(n, Sex::Male), person(n, Sex::Female));
    let pairs = [
        ("deceased_name", "赵演示".to_owned()),
        ("deceased_id", deceased.id_number),
        ("died_on", "2026-04-06".to_owned()),
        ("deceased_hukou_here", "yes".to_owned()),
        ("proof_number", format!("YS2026{n:06}")),
        ("burial_kind", "sea".to_owned()),
        ("buried_on", "2026-05-10".to_owned()),
        ("organised", "yes".to_owned()),
        ("relation", "child".to_owned()),
        ("applicant_name", "钱演示".to_owned()),
        ("applicant_id", applicant.id_number),
        ("applicant_phone", applicant.phone),
        ("account", "0918273645".to_owned()),
        ("wish", "yes".to_owned()),
    ];
    pairs.into_iter().collect()
}

fn read<T: serde::de::DeserializeOwned>(answer: &Answer, expected: StatusCode) -> Outcome<T> {
    if answer.status != expected {
        let said = String::from_utf8_lossy(&answer.body);
        return Err(format!("an application is answered {}: {said}", answer.status).into());
    }
    Ok(serde_json::from_slice(&answer.body)?)
}
