using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>What part of a capture was seen less than whole, or more than once. Each is between 0 and 1, to six
/// decimals; null where there is nothing of which it would be a part.</summary>
/// <param name="Cut">Frames of which the capture holds less than passed, of all frames.</param>
/// <param name="OneWay">Flows of which one direction only was seen, of all flows.</param>
/// <param name="Duplicate">Frames that repeat another record of themselves, of all frames.</param>
/// <param name="EncryptedFlows">Flows whose content is encrypted, of all flows.</param>
/// <param name="EncryptedBytes">Bytes of these flows, of the bytes of all flows.</param>
public sealed record CoverageShares(decimal? Cut, decimal? OneWay, decimal? Duplicate, decimal? EncryptedFlows,
    decimal? EncryptedBytes)
{
    private const int Decimals = 6;

    /// <summary>Nothing of which there could be a share.</summary>
    public static CoverageShares None { get; } = new(null, null, null, null, null);

    /// <summary>The shares of what was read.</summary>
    /// <param name="total">All capture points as one.</param>
    /// <param name="flows">Number of flows.</param>
    /// <param name="oneWayFlows">Flows of which one direction only was seen though the other must have been
    /// there.</param>
    public static CoverageShares Of(PointSummary total, long flows, long oneWayFlows)
    {
        ArgumentNullException.ThrowIfNull(total);
        return new CoverageShares(
            Cut: Part(total.CutPackets, total.Packets),
            OneWay: Part(oneWayFlows, flows),
            Duplicate: Part(total.Duplicates, total.Packets),
            EncryptedFlows: Part(total.EncryptedFlows, total.Flows),
            EncryptedBytes: Part(total.EncryptedBytes, total.FlowBytes));
    }

    private static decimal? Part(long part, long whole) =>
        whole == 0 ? null : Math.Round((decimal)part / whole, Decimals);
}
