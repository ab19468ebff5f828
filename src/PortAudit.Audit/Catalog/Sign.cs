using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>How much a sign, or a proposal that rests on signs, is worth. A word, not a share: nothing was counted that
/// would give a percentage.</summary>
public enum Confidence
{
    /// <summary>Others do the same, or nothing but a port speaks for it.</summary>
    Low,

    /// <summary>Few others do the same.</summary>
    Medium,

    /// <summary>Nobody else does this.</summary>
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

/// <summary>By which behaviour a role can be told. Several signs of one role are several ways to tell it.</summary>
/// <param name="Role">The role.</param>
/// <param name="Serves">What a host of the role answers: all of them. With <paramref name="Uses"/> not both
/// empty.</param>
/// <param name="Uses">What a host of the role asks of others: all of them.</param>
/// <param name="Unless">Roles whose hosts do the same without having this one.</param>
/// <param name="Confidence">What the sign is worth when bytes prove all of it.</param>
/// <param name="IsOfMany">True for a role of many hosts that are not listed one by one: they are proposed as
/// networks.</param>
/// <param name="Note">Our words on it; null without any.</param>
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
