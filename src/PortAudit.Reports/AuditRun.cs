using System.Collections.Immutable;
using PortAudit.Audit;

namespace PortAudit.Reports;

/// <summary>One run of an audit: its report, and what of the run itself a reader must know to trust it.</summary>
/// <param name="Report">The report.</param>
/// <param name="ToolVersion">Version of the program that made it.</param>
/// <param name="Unread">Inputs that could not be opened.</param>
/// <param name="Interrupted">True when the user ended the reading early.</param>
public sealed record AuditRun(AuditReport Report, string ToolVersion, ImmutableArray<UnreadInput> Unread, bool Interrupted)
{
    /// <summary>Name of the program in every report.</summary>
    public const string ToolName = "portaudit";

    /// <summary>True when something that the user asked for was not read: the report is about the rest.</summary>
    public bool IsPartial => Report.IsPartial || !Unread.IsEmpty || Interrupted;
}
