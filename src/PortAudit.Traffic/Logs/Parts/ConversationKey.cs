using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>What the records of one conversation have in common.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The higher end.</param>
/// <param name="Transport">The transport.</param>
/// <param name="Point">Number of the capture point.</param>
internal readonly record struct ConversationKey(Endpoint Low, Endpoint High, IpProtocol Transport, int Point)
{
    /// <summary>The key of a record.</summary>
    public static ConversationKey Of(in OneWayRecord record, int point) => IsFromLow(record)
        ? new ConversationKey(record.From, record.To, record.Transport, point)
        : new ConversationKey(record.To, record.From, record.Transport, point);

    /// <summary>True for a record of what the lower end sent.</summary>
    public static bool IsFromLow(in OneWayRecord record) => record.From.CompareTo(record.To) <= 0;
}
