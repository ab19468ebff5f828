using PortAudit.Reports.Rows;

namespace PortAudit.Reports.Flows;

/// <summary>Makes texts of values, and keeps those that neighbouring rows have in common.</summary>
internal sealed class CsvTexts
{
    /// <summary>Writes times.</summary>
    public TimeTexts Times { get; } = new();

    /// <summary>Writes addresses.</summary>
    public AddressTexts Addresses { get; } = new();

    /// <summary>Fields that name transports.</summary>
    public CsvStretches<FlowTransport> Transports { get; } = new();

    /// <summary>Fields that say how conversations went.</summary>
    public CsvStretches<FlowCourse> Courses { get; } = new();

    /// <summary>Fields that say what they carried.</summary>
    public CsvStretches<FlowApplication> Applications { get; } = new();

    /// <summary>A number by which words and histories are told apart well enough: by their length and three of their letters.</summary>
    public static uint HashOf(string? text) => text is { Length: > 0 } ? ((uint)text.Length * 5) + (text[0] * 31u) + (text[text.Length / 2] * 7u) + (text[^1] * 17u) : 0;
}
