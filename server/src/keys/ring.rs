//! The sealing keys, oldest first. Keys are added while servers run, and never taken away.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use crate::settings::Cipher;

#[derive(Clone)]
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

    pub fn add(&self, cipher: Cipher, secret: Vec<u8>) {
        let id = self.newest().id + 1;
        let keys = self.all().iter().cloned().chain([SealingKey { id, cipher, secret }]).collect();
        self.set(keys);
    }
}
