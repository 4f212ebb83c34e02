//! The settings file: its lines become flags, unless a flag or the environment says otherwise.

use std::{ffi::OsString, fs, path::PathBuf};

use super::Failure;

/// The command line with the file's settings added.
///
/// # Errors
/// When the file is named but cannot be read, or is not `name = value` lines.
pub fn arguments(given: impl Iterator<Item = OsString>) -> Result<Vec<OsString>, Failure> {
    let mut arguments: Vec<OsString> = given.collect();
    let Some(file) = named_file(&arguments) else { return Ok(arguments) };
    let text = fs::read_to_string(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let added = flags(&text, &arguments, |variable| std::env::var_os(variable).is_some())
        .map_err(|error| format!("{}: {error}", file.display()))?;
    // After the program's name and before its subcommand, where global settings belong.
    arguments.splice(1..1, added);
    Ok(arguments)
}

fn named_file(arguments: &[OsString]) -> Option<PathBuf> {
    let flag = arguments.iter().zip(arguments.iter().skip(1)).find(|(name, _)| *name == "--config");
    let joined = arguments.iter().find_map(|argument| argument.to_str()?.strip_prefix("--config="));
    let variable = || std::env::var_os("HUIMIN_CONFIG").filter(|value| !value.is_empty());
    flag.map(|(_, value)| value.clone()).or(joined.map(OsString::from)).or_else(variable).map(PathBuf::from)
}

fn flags(text: &str, given: &[OsString], in_environment: impl Fn(&str) -> bool) -> Result<Vec<OsString>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let mut flags = Vec::new();
    for (name, value) in table {
        let flag = format!("--{}", name.replace('_', "-"));
        let variable = match name.as_str() {
            "database_url" => "DATABASE_URL".to_owned(),
            name => format!("HUIMIN_{}", name.to_uppercase()),
        };
        let on_line = given
            .iter()
            .filter_map(|argument| argument.to_str())
            .any(|argument| argument == flag || argument.strip_prefix(&flag).is_some_and(|rest| rest.starts_with('=')));
        if on_line || in_environment(&variable) {
            continue;
        }
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Boolean(on) => if on { "on" } else { "off" }.to_owned(),
            toml::Value::Array(items) => items.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        flags.push(format!("{flag}={text}").into());
    }
    Ok(flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_file_is_a_flag_unless_a_flag_or_the_environment_says_otherwise() {
        let text =
            "addr = \"0.0.0.0:80\"\nregion = \"440305\"\ntrusted_proxies = [\"10.0.0.0/8\", \"::1/128\"]\ndemo = true";
        let given = ["huimin".into(), "--region=330203".into()];
        let flags = flags(text, &given, |variable| variable == "HUIMIN_ADDR").unwrap();
        assert_eq!(flags, ["--demo=on", "--trusted-proxies=10.0.0.0/8,::1/128"]);
    }

    #[test]
    fn a_file_that_is_no_settings_file_is_refused() {
        assert!(flags("addr 0.0.0.0", &[], |_| false).is_err());
    }
}
