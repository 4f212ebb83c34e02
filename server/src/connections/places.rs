//! How many connections there are, and from whom.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use ipnet::IpNet;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::limits::Network;
use crate::settings::Settings;

/// The places for connections of one process; cheap to clone.
#[derive(Clone)]
pub struct Places(Arc<Inner>);

struct Inner {
    all: usize,
    /// None where nobody's own share is counted.
    of_each: Option<usize>,
    /// Proxies stand for everybody, and limit those behind them by themselves.
    unlimited: Vec<IpNet>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by: HashMap<Network, usize>,
}

/// One connection's place, given back when it is dropped.
pub(super) struct Place {
    places: Places,
    of: Option<Network>,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// This address has its share.
    Address,
    /// There are as many as the process can have.
    Full,
}

/// Files of its own that a process needs: databases, their logs, its log, connections to gateways.
const KEPT: u64 = 256;
/// Connections of one process where the machine allows more; each takes a few kilobytes.
const MOST: u64 = 16_384;
/// Connections of one address. A browser opens six and gives them back within seconds, so that a hall or a carrier's
/// address still has room for dozens at the same moment.
const OF_EACH: usize = 512;

impl Places {
    /// As many as the machine lets this process have, once it has asked for all it may.
    pub fn of(settings: &Settings) -> Self {
        let all = usize::try_from(files().saturating_sub(KEPT).min(MOST)).unwrap_or(usize::MAX);
        let of_each = settings.rate_limit.then(|| OF_EACH.min(all / 2));
        Self::new(all, of_each, settings.trusted_proxies.clone())
    }

    pub(super) fn new(all: usize, of_each: Option<usize>, unlimited: Vec<IpNet>) -> Self {
        Self(Arc::new(Inner { all, of_each, unlimited, taken: Mutex::default() }))
    }

    pub(super) fn take(&self, address: IpAddr) -> Result<Place, Refused> {
        let address = address.to_canonical();
        let limit = self.0.of_each.filter(|_| !self.0.unlimited.iter().any(|network| network.contains(&address)));
        let mut taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.0.all {
            return Err(Refused::Full);
        }
        let of = limit.map(|_| Network::of(address));
        if let Some((network, limit)) = of.zip(limit) {
            let own = taken.by.entry(network).or_default();
            if *own >= limit {
                return Err(Refused::Address);
            }
            *own += 1;
        }
        taken.all += 1;
        Ok(Place { places: self.clone(), of })
    }

    #[cfg(test)]
    pub(super) fn taken(&self) -> usize {
        self.0.taken.lock().unwrap().all
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        let Some(network) = self.of else { return };
        if let Some(own) = taken.by.get_mut(&network) {
            *own -= 1;
            if *own == 0 {
                taken.by.remove(&network);
            }
        }
    }
}

impl Refused {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Full => "full",
        }
    }
}

/// Files that this process may have open, after asking for all that it may ask for.
fn files() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.unwrap_or(u64::MAX);
    match setrlimit(Resource::Nofile, Rlimit { current: Some(most), ..limit }) {
        Ok(()) => most,
        Err(_) => limit.current.unwrap_or(most),
    }
}
