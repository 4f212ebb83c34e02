//! Whose address counts as one.

use std::net::IpAddr;

use crate::keys::Keys;

/// What counts as one address: an IPv6 customer has a whole /56.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Network {
    V4([u8; 4]),
    V6([u8; 7]),
}

impl Network {
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.octets()),
            IpAddr::V6(address) => Self::V6(address.octets()[..7].try_into().unwrap_or_default()),
        }
    }

    /// As the database keeps it.
    pub(crate) fn fingerprint(self, keys: &Keys) -> String {
        match self {
            Self::V4(network) => keys.fingerprint("network", &network),
            Self::V6(network) => keys.fingerprint("network", &network),
        }
    }
}
