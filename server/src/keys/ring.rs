//! The sealing keys, oldest first. Keys are added while servers run, and never taken away.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use crate::settings::Cipher;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct SealingKey {
    pub id: u32,
    pub cipher: Cipher,
    pub secret: Vec<u8>,
}

/// Never empty; clones share what is added.
#[derive(Clone)]
pub(super) struct Ring {
    keys: Arc<RwLock<Arc<[SealingKey]>>>,
    /// Where newer ones would stand.
    file: Option<Arc<Path>>,
}

impl Ring {
    pub fn of(keys: Vec<SealingKey>) -> Self {
        Self { keys: Arc::new(RwLock::new(keys.into())), file: None }
    }

    pub fn of_file(self, path: &Path) -> Self {
        Self { file: Some(PathBuf::from(path).into()), ..self }
    }

    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    pub fn all(&self) -> Arc<[SealingKey]> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn set(&self, keys: Arc<[SealingKey]>) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
    }

    pub fn newest(&self) -> SealingKey {
        self.all().last().expect("a key file holds at least one sealing key").clone()
    }

    pub fn find(&self, id: u32) -> Option<SealingKey> {
        self.all().iter().find(|key| key.id == id).cloned()
    }

    /// These keys and one more, in a ring of its own.
    pub fn and(&self, cipher: Cipher, secret: Vec<u8>) -> Self {
        let next = SealingKey { id: self.newest().id + 1, cipher, secret };
        Self::of(self.all().iter().cloned().chain([next]).collect())
    }

    /// Whether every key of another ring is in this one.
    pub fn holds_all_of(&self, other: &Self) -> bool {
        let own = self.all();
        other.all().iter().all(|key| own.contains(key))
    }
}
