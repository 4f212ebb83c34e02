//! Handing one message to the operator's gateway.

use std::{sync::OnceLock, time::Duration};

use serde::Serialize;
use ureq::Agent;

use super::Message;
use crate::settings::Channel;

/// How long a gateway may take from the connection to its answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// What a gateway gets: the same `id` again where a message has to be sent again, so that it can drop the repeat.
#[derive(Serialize)]
struct Posted<'a> {
    id: &'a str,
    to: &'a str,
    text: &'a str,
}

/// Whether the channel took the message; a gateway says so by any status below 400.
pub(super) async fn deliver(channel: Channel, id: String, message: Message) -> bool {
    match channel {
        Channel::Mailbox => true,
        Channel::Gateway(url) => {
            let post = move || {
                let posted = Posted { id: &id, to: &message.to, text: &message.text };
                agent().post(&url).send_json(posted).is_ok()
            };
            tokio::task::spawn_blocking(post).await.unwrap_or(false)
        }
    }
}

fn agent() -> &'static Agent {
    static AGENT: OnceLock<Agent> = OnceLock::new();
    AGENT.get_or_init(|| Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build().into())
}
