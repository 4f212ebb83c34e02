//! The policy packs in force: those in the program, or those of a folder that the operator keeps.

use std::{
    collections::HashMap,
    fs,
    io::{self, Read},
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use axum::body::Bytes;
use sha2::{Digest, Sha256};
use shared::eligibility::{
    compile::{self, Complaint, Files},
    pack::{Grade, Pack},
};
use shared::procedures::{Procedure, compile as procedures};

/// A pack, and how it travels.
pub struct Compiled {
    pub pack: Pack,
    /// SHA-256 of the pack in JSON, in hexadecimal: the same hash, the same rules.
    pub hash: String,
    pub json: Travelling,
    /// The same in postcard, for the check in the browser: a reader of JSON would be an eighth of its module.
    pub compact: Travelling,
}

/// A procedure that a region takes applications for, compiled once.
pub struct Offered {
    /// The region whose files are nearest.
    pub region: String,
    pub procedure: Procedure,
    /// SHA-256 of the procedure in JSON, in hexadecimal: the same hash, the same rules.
    pub hash: String,
}

/// A body, plain and in brotli: a phone on a slow network waits for a pack before its first question.
pub struct Travelling {
    pub plain: Bytes,
    pub packed: Bytes,
}

/// The rules of all regions. What is changed on disk counts only once all of it compiles.
pub struct Policies {
    inner: RwLock<Arc<Rules>>,
    /// Whether figures that a tenant invented are taken.
    is_demo: bool,
}

struct Rules {
    files: Files,
    /// Regions asked for so far; the others are compiled when somebody asks.
    compiled: Mutex<HashMap<String, Arc<Compiled>>>,
    /// The same of what each takes applications for.
    offered: Mutex<HashMap<String, Vec<Arc<Offered>>>>,
}

/// Why the operator's packs are not used.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    #[error("the packs in {0} cannot be read: {1}")]
    Unreadable(String, io::Error),
    #[error("the packs do not compile:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Wrong(Vec<Complaint>),
    #[error(
        "`{0}` has the grade `demo`: definitions of applications have it where HUIMIN_DEMO is on, and nothing else"
    )]
    Invented(String),
}

impl Policies {
    /// The packs that came with the program.
    pub fn embedded() -> Self {
        Self { inner: RwLock::new(Arc::new(Rules::new(embedded()))), is_demo: false }
    }

    /// The same in a demonstration, which takes figures that a tenant invented for it.
    pub fn of_demonstration() -> Self {
        Self { is_demo: true, ..Self::embedded() }
    }

    /// Puts the packs of a folder in force; on any error the old ones stay.
    pub fn load(&self, folder: &Path) -> Result<bool, PolicyError> {
        let files = read(folder).map_err(|error| PolicyError::Unreadable(folder.display().to_string(), error))?;
        if files == self.rules().files {
            return Ok(false);
        }
        let packs = compile::compile_all(&files).map_err(PolicyError::Wrong)?;
        let definitions = procedures::compile_all(&files).map_err(PolicyError::Wrong)?;
        let of_packs = packs.iter().flat_map(|pack| &pack.sources);
        let of_definitions = definitions.iter().filter(|_| !self.is_demo).flat_map(|one| &one.rules.sources);
        if let Some(source) = of_packs.chain(of_definitions).find(|source| source.grade == Grade::Demo) {
            return Err(PolicyError::Invented(source.document.clone()));
        }
        *self.inner.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Rules::new(files));
        Ok(true)
    }

    /// The pack of a region, or of the nearest one above it that has any; nothing for what is no region.
    pub fn of(&self, region: &str) -> Option<Arc<Compiled>> {
        if is_code(region) { self.rules().compiled(region) } else { None }
    }

    /// What a region takes applications for, in order of the names of their files.
    pub fn procedures(&self, region: &str) -> Vec<Arc<Offered>> {
        if is_code(region) { self.rules().offered(region) } else { Vec::new() }
    }

    /// One of them; none where it takes no applications for it.
    pub fn procedure(&self, region: &str, id: &str) -> Option<Arc<Offered>> {
        self.procedures(region).into_iter().find(|offered| offered.procedure.id == id)
    }

    /// Regions that have a pack.
    pub fn regions(&self) -> Vec<String> {
        compile::regions(&self.rules().files).into_iter().map(str::to_owned).collect()
    }

    fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.inner.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Rules {
    fn new(files: Files) -> Self {
        Self { files, compiled: Mutex::default(), offered: Mutex::default() }
    }

    fn offered(&self, region: &str) -> Vec<Arc<Offered>> {
        let Some(region) = procedures::nearest_place(&self.files, region) else { return Vec::new() };
        let mut known = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(offered) = known.get(region) {
            return offered.clone();
        }
        let names = procedures::names(&self.files, region).into_iter();
        let offered: Vec<_> = names.filter_map(|id| Offered::new(&self.files, region, id).map(Arc::new)).collect();
        known.insert(region.to_owned(), offered.clone());
        offered
    }

    fn compiled(&self, region: &str) -> Option<Arc<Compiled>> {
        let region = compile::nearest(&self.files, region)?;
        let mut known = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = known.get(region) {
            return Some(Arc::clone(compiled));
        }
        // All packs compiled when they were put in force.
        let pack = compile::compile(&self.files, region).ok()?;
        let json = serde_json::to_vec(&pack).ok()?;
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&json));
        let compact = Travelling::new(postcard::to_allocvec(&pack).ok()?)?;
        let compiled = Arc::new(Compiled { pack, hash, json: Travelling::new(json)?, compact });
        known.insert(region.to_owned(), Arc::clone(&compiled));
        Some(compiled)
    }
}

impl Offered {
    /// None where nobody applies for it there: all definitions compiled when they were put in force.
    fn new(files: &Files, region: &str, id: &str) -> Option<Self> {
        let procedure = procedures::compile(files, region, id).ok().filter(|procedure| procedure.is_offered)?;
        let json = serde_json::to_vec(&procedure).ok()?;
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&json));
        Some(Self { region: region.to_owned(), procedure, hash })
    }
}

impl Travelling {
    fn new(plain: Vec<u8>) -> Option<Self> {
        let mut packed = Vec::with_capacity(plain.len() / 6);
        brotli::CompressorReader::new(plain.as_slice(), 4096, 9, 22).read_to_end(&mut packed).ok()?;
        Some(Self { plain: plain.into(), packed: packed.into() })
    }
}

/// Whether this can be the code of a division down to the county.
fn is_code(region: &str) -> bool {
    region.len() == 6 && region.bytes().all(|digit| digit.is_ascii_digit())
}

/// The files that came with the program.
pub fn embedded() -> Files {
    const PACKS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));
    PACKS.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// The files of a folder of packs, cases included.
pub fn read(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    collect(folder, folder, &mut files)?;
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_without_a_pack_gets_that_of_its_city() {
        let policies = Policies::embedded();
        assert_eq!(policies.of("440305").unwrap().pack.region, "440305");
        assert_eq!(policies.of("440306").unwrap().pack.region, "440300");
        assert_eq!(policies.of("110101").unwrap().pack.region, compile::COUNTRY);
        for strange in ["", "44", "44030x", "４４０３０５", "../440305"] {
            assert!(policies.of(strange).is_none(), "{strange}");
        }
    }

    #[test]
    fn a_district_takes_applications_as_its_city_does_and_a_place_without_a_rule_takes_none() {
        let policies = Policies::embedded();
        let ids = |region: &str| -> Vec<String> {
            policies.procedures(region).iter().map(|offered| offered.procedure.id.clone()).collect()
        };
        assert!(ids("440300").contains(&"green_burial".to_owned()), "{:?}", ids("440300"));
        assert_eq!(ids("440306"), ids("440300"));
        assert_eq!(ids("100000"), [""; 0], "a law above a place sets neither who nor how much");
        assert_eq!(ids("../440300"), [""; 0]);
        let [one, again] = [(); 2].map(|()| policies.procedure("440300", "green_burial").unwrap());
        assert!(Arc::ptr_eq(&one, &again) && one.hash.len() == 64);
        let json = serde_json::to_vec(&one.procedure).unwrap();
        assert_eq!(serde_json::from_slice::<Procedure>(&json).unwrap(), one.procedure, "it can be kept with a case");
        assert!(policies.procedure("440300", "flying").is_none());
    }

    #[test]
    fn both_forms_of_every_pack_carry_the_same_rules() {
        let policies = Policies::embedded();
        for region in policies.regions() {
            let compiled = policies.of(&region).unwrap();
            let json: Pack = serde_json::from_slice(&compiled.json.plain).unwrap();
            let compact: Pack = postcard::from_bytes(&compiled.compact.plain).unwrap();
            assert!(json == compiled.pack && compact == compiled.pack, "{region}");
        }
    }

    #[test]
    fn what_a_tenant_invents_is_taken_in_a_demonstration_alone() {
        let folder = tempfile::TempDir::new().unwrap();
        for (path, text) in embedded() {
            let is_meant = path == "440300/procedures/green_burial.toml";
            let text = if is_meant { text.replace("grade = \"copied\"", "grade = \"demo\"") } else { text };
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        assert!(matches!(Policies::embedded().load(folder.path()), Err(PolicyError::Invented(_))));
        assert!(Policies::of_demonstration().load(folder.path()).unwrap());
    }

    #[test]
    fn packs_that_do_not_compile_leave_the_old_ones_in_force() {
        let folder = tempfile::TempDir::new().unwrap();
        for (path, text) in embedded() {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let policies = Policies::embedded();
        let before = policies.of("440300").unwrap().hash.clone();
        assert!(!policies.load(folder.path()).unwrap(), "the same files change nothing");

        let dibao = folder.path().join("440300/dibao.toml");
        let good = fs::read_to_string(&dibao).unwrap();
        fs::write(&dibao, format!("{good}\nnonsense = 1\n")).unwrap();
        let refused = policies.load(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("440300/dibao.toml:"), "{refused}");
        assert_eq!(policies.of("440300").unwrap().hash, before);

        let burial = folder.path().join("440300/procedures/green_burial.toml");
        let said = fs::read_to_string(&burial).unwrap();
        fs::write(&burial, format!("nonsense = 1\n{said}")).unwrap();
        fs::write(&dibao, &good).unwrap();
        let refused = policies.load(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("440300/procedures/green_burial.toml:"), "{refused}");
        fs::write(&burial, said).unwrap();

        fs::write(&dibao, good.replace("1535 yuan", "1536 yuan")).unwrap();
        assert!(policies.load(folder.path()).unwrap());
        assert_ne!(policies.of("440300").unwrap().hash, before);
    }
}
