namespace PortAudit.Traffic.Records;

/// <summary>A side of a flow's key, used while the originator is not settled.</summary>
internal enum Side : byte
{
    /// <summary>The endpoint with the lower address; for equal addresses, with the lower port.</summary>
    Low,

    /// <summary>The other endpoint.</summary>
    High,
}

/// <summary>Operations on sides.</summary>
internal static class Sides
{
    public static Side LowIf(bool isLow) => isLow ? Side.Low : Side.High;

    public static Side Other(this Side side) => (Side)((int)side ^ 1);
}
