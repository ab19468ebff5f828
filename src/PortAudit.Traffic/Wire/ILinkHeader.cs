namespace PortAudit.Traffic.Wire;

/// <summary>A link header that names its payload.</summary>
/// <typeparam name="TSelf">The view itself.</typeparam>
internal interface ILinkHeader<TSelf> : IWireHeader<TSelf>
    where TSelf : ILinkHeader<TSelf>, allows ref struct
{
    /// <summary>The payload's EtherType, a length below <see cref="Wire.EtherType.Minimum"/>, or
    /// <see cref="Wire.EtherType.None"/>.</summary>
    ushort EtherType { get; }
}
