//! The files of the regions above a place, one upon the other, and what they say together.

use std::collections::{BTreeMap, HashMap};

use toml::Spanned;

use super::{
    super::pack::{Legal, Pack, Scope},
    Complaints, Source,
    facts::place_of,
    files::{BenefitFile, SourceFile, Text},
    lower::{Context, Names},
};

/// The file of one region about one benefit.
pub(crate) struct Layer<'a> {
    pub(crate) region: String,
    pub(crate) source: Source<'a>,
    pub(crate) file: BenefitFile,
}

/// All files of each benefit, the country's first.
pub(crate) type Layers<'a> = BTreeMap<String, Vec<Layer<'a>>>;

/// One benefit while it is put together from the files of a chain.
pub(crate) struct Filling<'a> {
    pub(crate) id: &'a str,
    pub(crate) layers: &'a [Layer<'a>],
    pub(crate) names: &'a Names,
    /// Places of the sources already taken over, by layer and name.
    pub(crate) sources: HashMap<(usize, String), usize>,
}

impl Filling<'_> {
    /// What the nearest region says.
    pub(super) fn nearest<T>(&self, of: impl Fn(&BenefitFile) -> Option<T>) -> Option<T> {
        self.layers.iter().rev().find_map(|layer| of(&layer.file))
    }

    /// The nearest region that says something.
    pub(super) fn nearest_layer(&self, says: impl Fn(&BenefitFile) -> bool) -> Option<usize> {
        self.layers.iter().rposition(|layer| says(&layer.file))
    }

    pub(super) fn context<'p>(&'p self, pack: &'p Pack, scope: Scope) -> Context<'p> {
        Context { names: self.names, facts: &pack.facts, benefit: Some(self.id), scope }
    }

    /// Takes over sources by name, each once.
    pub(crate) fn sources_of(
        &mut self,
        layer: usize,
        asked: &[Text],
        pack: &mut Pack,
        complaints: &mut Complaints,
    ) -> Vec<usize> {
        let mut found = Vec::new();
        for name in asked {
            let owner = source_file(self.layers, layer, name.get_ref()).map(|(owner, _)| owner);
            let owner = place_of(name, "source", owner, &self.layers[layer].source, complaints);
            let Some(owner) = owner else { continue };
            let file = &self.layers[owner].file.sources[name.get_ref()];
            let (document, article) = (file.document.get_ref(), file.article.as_ref().map(Spanned::get_ref));
            let at = *self.sources.entry((owner, name.get_ref().clone())).or_insert_with(|| {
                pack.sources.push(Legal {
                    document: document.zh.clone(),
                    document_en: document.en.clone(),
                    article: article.map(|article| article.zh.clone()),
                    article_en: article.map(|article| article.en.clone()),
                    url: file.url.clone(),
                    grade: file.grade,
                    in_force: file.in_force,
                    checked: file.checked,
                });
                pack.sources.len() - 1
            });
            found.push(at);
        }
        found
    }
}

/// A source by its name, looked for in its own file and in those above; with the place of its file.
pub(super) fn source_file<'l>(layers: &'l [Layer<'_>], layer: usize, name: &str) -> Option<(usize, &'l SourceFile)> {
    let owner = layers[..=layer].iter().rposition(|layer| layer.file.sources.contains_key(name))?;
    Some((owner, &layers[owner].file.sources[name]))
}

pub(super) fn documents(asked: &[Text], source: &Source<'_>, pack: &Pack, complaints: &mut Complaints) -> Vec<usize> {
    let known = |name: &Text| pack.documents.iter().position(|document| document.id == *name.get_ref());
    asked.iter().filter_map(|name| place_of(name, "document", known(name), source, complaints)).collect()
}
