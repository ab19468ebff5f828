using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>Takes the values of a flow, column by column (<see cref="FlowColumns"/>), and writes them as a format
/// does.</summary>
internal interface IFlowCells
{
    void AddId(ulong id);

    /// <summary>Takes a value that no format has to quote or escape: letters, digits and marks of ASCII, no comma,
    /// quote or control character.</summary>
    void AddToken(ReadOnlySpan<byte> ascii);

    /// <summary>Takes a time in nanoseconds since the Unix epoch, of a capture that resolves so many decimal digits of
    /// a second.</summary>
    void AddTime(long timestampNs, int captureDigits);

    void AddAddress(IpAddress address);

    /// <summary>Takes VLAN identifiers; those of an untagged frame mean that there are none.</summary>
    void AddVlan(VlanTags tags);

    void AddNumber(long number);

    /// <summary>Takes any text, from the network or the file system too; null when there is none.</summary>
    void AddText(string? text);

    void AddUnknown();
}
