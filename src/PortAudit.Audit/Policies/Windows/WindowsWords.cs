using System.Collections.Frozen;
using System.Text;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>
/// Words of values, in English, German, French and Spanish, and the numbers that PowerShell's JSON has instead
/// (MSFT_NetFirewallRule, MSFT_NetFirewallProfile). Words are compared by their ASCII letters and digits only: netsh
/// writes the code page of its console, in which "Domäne" is no UTF-8.
/// </summary>
internal static class WindowsWords
{
    /// <summary>Characters of a word that are compared.</summary>
    private const int MaxWord = 64;

    private static readonly FrozenSet<string> AnyWords = Set("any", "all", "beliebig", "alle", "tout", "tous", "toutes",
        "quelconque", "cualquiera", "cualquier", "todos", "todas");

    private static readonly FrozenDictionary<string, bool> Answers = Table(
        (true, ["yes", "true", "ja", "oui", "s", "si"]), (false, ["no", "false", "nein", "non"]));

    private static readonly FrozenDictionary<string, bool> Directions = Table(
        (true, ["in", "inbound", "1", "eingehend", "actif", "entre", "entrant", "dentro", "entrada"]),
        (false, ["out", "outbound", "2", "aus", "ausgehend", "sortie", "sortant", "fuera", "salida"]));

    private static readonly FrozenDictionary<string, WindowsAction> Actions = Table(
        (WindowsAction.Allow, ["allow", "2", "zulassen", "autoriser", "permitir"]),
        (WindowsAction.Bypass, ["bypass", "allowbypass", "3", "umgehen", "omitir", "ignorer"]),
        (WindowsAction.Block, ["block", "4", "blocken", "blockieren", "bloquer", "bloquear"]));

    private static readonly FrozenDictionary<string, NetworkProfiles> ProfileWords = Table(
        (NetworkProfiles.Domain, ["domain", "domne", "domaine", "dominio"]),
        (NetworkProfiles.Private, ["private", "privat", "priv", "privada", "privado", "privates"]),
        (NetworkProfiles.Public, ["public", "ffentlich", "ffentliches", "pblica", "pblico", "publique"]));

    /// <summary>The ASCII letters and digits, in lower case.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder();
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
                folded.Append((char)(character | (char.IsAsciiLetterUpper(character) ? ' ' : '\0')));
            if (folded.Length > MaxWord)
                break;
        }

        return folded.ToString();
    }

    /// <summary>True for "any" and for nothing at all.</summary>
    public static bool IsAny(string text) => text.Trim() is "" or "*" || AnyWords.Contains(Fold(text));

    /// <summary>Yes or no in words; null for another word.</summary>
    public static bool? YesOrNo(string text) => Look(Answers, text);

    /// <summary>A boolean of MSFT_NetFirewallRule.Enabled, whose numbers are 1 and 2; null for another word.</summary>
    public static bool? RuleEnabled(string text) => text.Trim() switch
    {
        "1" => true,
        "2" => false,
        _ => YesOrNo(text),
    };

    /// <summary>True for inbound, false for outbound; null for another word.</summary>
    public static bool? Inbound(string text) => Look(Directions, text);

    /// <summary>The action of a rule; null for another word.</summary>
    public static WindowsAction? Action(string text) => Look(Actions, text);

    /// <summary>Profiles by words or by the sum of their numbers; null when a word is unknown or none is
    /// there.</summary>
    public static NetworkProfiles? Profiles(IEnumerable<string> words)
    {
        var profiles = NetworkProfiles.None;
        foreach (var word in words)
        {
            if (int.TryParse(word, out var bits))
                profiles |= bits == 0 ? NetworkProfiles.All : (NetworkProfiles)bits & NetworkProfiles.All;
            else if (IsAny(word))
                profiles = NetworkProfiles.All;
            else if (Look(ProfileWords, word) is { } profile)
                profiles |= profile;
            else
                return null;
        }

        return profiles == NetworkProfiles.None ? null : profiles;
    }

    /// <summary>True for a rule of the local computer, false for one of group policy or of the system; null for another
    /// word (MSFT_NetFirewallRule.PolicyStoreSourceType, "Rule source" of netsh).</summary>
    public static bool? IsLocal(string text)
    {
        var word = Fold(text);
        if (word is "1" or "local" or "localsetting" or "lokaleeinstellung" or "paramtrelocal" or "parmetrolocal"
            or "configuracinlocal")
            return true;
        if (word is "2" or "3" or "4" or "5" or "dynamic" or "generated" or "hardcoded")
            return false;
        return word.StartsWith("grouppolicy", StringComparison.Ordinal)
            || word.StartsWith("gruppenrichtlinie", StringComparison.Ordinal)
            || word.StartsWith("stratgiedegroupe", StringComparison.Ordinal)
            || word.StartsWith("directivadegrupo", StringComparison.Ordinal) ? false : null;
    }

    /// <summary>True for the values of a security property that ask for nothing.</summary>
    public static bool IsNotRequired(string text) => IsAny(text) || Fold(text) is "0" or "none" or "notrequired"
        or "false" or "nichterforderlich" or "nonrequis" or "nonrequise"
        or "norequerido" or "norequerida" or "noesnecesario";

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, T> Table<T>(params (T Value, string[] Words)[] rows) => rows
        .SelectMany(row => row.Words, (row, word) => KeyValuePair.Create(word, row.Value))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static T? Look<T>(FrozenDictionary<string, T> table, string text)
        where T : struct => table.TryGetValue(Fold(text), out var value) ? value : null;
}
