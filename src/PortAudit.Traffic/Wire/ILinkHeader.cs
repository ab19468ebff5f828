namespace PortAudit.Traffic.Wire;

/// <summary>A link header that says, of itself alone, what it carries.</summary>
/// <typeparam name="TSelf">The view itself.</typeparam>
internal interface ILinkHeader<TSelf> : IWireHeader<TSelf>
    where TSelf : ILinkHeader<TSelf>, allows ref struct
{
    /// <summary>What the payload is: an EtherType, a length below <see cref="Wire.EtherType.Minimum"/> where such a
    /// frame has one, or <see cref="Wire.EtherType.None"/>.</summary>
    ushort EtherType { get; }
}
