using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>Confidence in a sign or a proposal. A word, not a percentage, as nothing was measured.</summary>
public enum Confidence
{
    /// <summary>Others do the same, or only a port suggests it.</summary>
    Low,

    /// <summary>Few others do the same.</summary>
    Medium,

    /// <summary>No other role does this.</summary>
    High,
}

/// <summary>The names of <see cref="Confidence"/> in files and output.</summary>
public static class ConfidenceText
{
    /// <summary>The name.</summary>
    public static string ToText(this Confidence confidence) => confidence switch
    {
        Confidence.High => "high",
        Confidence.Medium => "medium",
        Confidence.Low => "low",
    };
}

/// <summary>Behaviour that identifies a role. A role may have several alternative signs.</summary>
/// <param name="Role">The role.</param>
/// <param name="Serves">Services that a host of the role provides, all required. Not empty together with
/// <paramref name="Uses"/>.</param>
/// <param name="Uses">Services that a host of the role uses, all required.</param>
/// <param name="Unless">Roles whose hosts do the same without having this one.</param>
/// <param name="Confidence">Confidence when bytes prove all of it.</param>
/// <param name="IsOfMany">True for a role of many hosts, which are proposed as networks.</param>
/// <param name="Note">Our words on it; null if none.</param>
public sealed record Sign(
    string Role, ImmutableArray<Mark> Serves, ImmutableArray<Mark> Uses, ImmutableArray<string> Unless,
    Confidence Confidence, bool IsOfMany, string? Note)
{
    /// <summary>What it asks for, for a reader: <c>serves kerberos and ldap on tcp 389; uses dns</c>.</summary>
    public string Text =>
        string.Join("; ", new[] { TextOf("serves", Serves), TextOf("uses", Uses) }.Where(text => text.Length > 0));

    private static string TextOf(string verb, ImmutableArray<Mark> marks) =>
        marks.IsEmpty ? "" : $"{verb} {string.Join(" and ", marks.Select(mark => mark.Text))}";
}
