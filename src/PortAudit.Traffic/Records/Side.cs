namespace PortAudit.Traffic.Records;

/// <summary>An endpoint of a flow's key, as it is named as long as it is not settled who opened the flow.</summary>
internal enum Side : byte
{
    /// <summary>The endpoint with the lower address, of one address that with the lower port.</summary>
    Low,

    /// <summary>The other endpoint.</summary>
    High,
}

/// <summary>The two sides.</summary>
internal static class Sides
{
    /// <summary>The low side or the high one.</summary>
    public static Side LowIf(bool isLow) => isLow ? Side.Low : Side.High;

    /// <summary>The other side.</summary>
    public static Side Other(this Side side) => (Side)((int)side ^ 1);
}
