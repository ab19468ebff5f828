using System.Collections.Immutable;

namespace PortAudit.Audit.Findings;

/// <summary>What is true of every finding of a kind. A kind has one row, and all that depends on the kind alone is in
/// it.</summary>
/// <param name="Text">Its name in output.</param>
/// <param name="Severity">The severity of its findings; where the producer weighs each finding, the one that most
/// have.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Sentence">What it means.</param>
public sealed record FindingKindRow(string Text, Severity Severity, string Title, string Sentence)
{
    /// <summary>True when it says that a flow that the site needs did not come about, which the status of its rule says
    /// too.</summary>
    public bool IsAboutNeed { get; init; }

    /// <summary>True when it says that something was not seen, which may still happen while a watch goes on.</summary>
    public bool IsAbsence { get; init; }

    /// <summary>True when it is about an exception of the site.</summary>
    public bool IsAboutException { get; init; }

    /// <summary>True when it is about one host controlling another.</summary>
    public bool IsRemoteControl { get; init; }

    /// <summary>Why most of its findings have <see cref="Severity"/>, a clause; empty where the title says
    /// it.</summary>
    public string Why { get; init; } = "";

    /// <summary>Why a finding is graver than that, a clause.</summary>
    public string WhyGraver { get; init; } = "";

    /// <summary>Why a finding is less grave than that, a clause.</summary>
    public string WhyLesser { get; init; } = "";

    /// <summary>True when the service is there, but not in the form that its rule asks for.</summary>
    internal bool IsMisfit { get; init; }

    /// <summary>Of several findings about the same stopped flows the one of the lowest rank is kept; null when it is
    /// never one of them.</summary>
    internal int? FoldRank { get; init; }

    /// <summary>The rows of all kinds, in the order of the kinds.</summary>
    public static ImmutableArray<FindingKindRow> All { get; } =
        [.. Enum.GetValues<FindingKind>().Select(FindingKindRows.RowOf)];

    /// <summary>The row of the kind of that name; null for a word that is no kind, as in a report of another
    /// version.</summary>
    public static FindingKindRow? Find(string text) => All.FirstOrDefault(row => row.Text == text);
}
