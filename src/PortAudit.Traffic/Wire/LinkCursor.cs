using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>Position in the link headers of a frame: what comes next, or why reading stopped.</summary>
internal ref struct LinkCursor
{
    /// <summary>The bytes after the last valid header.</summary>
    public LayerBytes Layer;

    /// <summary>Receives the fields of the link headers.</summary>
    public readonly ref DecodedPacket Packet;

    public LinkCursor(LayerBytes layer, ref DecodedPacket packet)
    {
        Layer = layer;
        Packet = ref packet;
    }

    /// <summary>The EtherType of <see cref="Layer"/>; undefined after an error.</summary>
    public ushort Next { get; set; }

    /// <summary>Why a header could not be read, or why reading ends after it.</summary>
    public DecodeReason Reason { get; private set; }

    /// <summary>Steps over a header. False, without moving, when it cannot be read. The caller must set what
    /// follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead<THeader>(out THeader header)
        where THeader : IWireHeader<THeader>, allows ref struct
    {
        var isGood = HeaderStep.TryRead(ref Layer, out header, out var reason);
        Reason = reason;
        return isGood;
    }

    /// <summary>Steps over a header that names its payload. False, without moving, when it cannot be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFollow<THeader>()
        where THeader : ILinkHeader<THeader>, allows ref struct
    {
        var isGood = TryRead(out THeader header);
        if (isGood)
            Next = header.EtherType;
        return isGood;
    }

    /// <summary>Sets what comes next. Always true.</summary>
    public bool Reach(ushort etherType)
    {
        Next = etherType;
        return true;
    }

    /// <summary>Sets why reading stops. Always false.</summary>
    public bool Refuse(DecodeReason reason)
    {
        Reason = reason;
        return false;
    }

    /// <summary>Sets the non-IP protocol that comes next. Always false.</summary>
    public bool RefuseContent()
    {
        if (Packet.LinkProtocol == LinkProtocol.None)
            Packet.LinkProtocol = LinkProtocols.OfEtherType(Next);
        return Refuse(DecodeReason.NotDecoded);
    }

    /// <summary>Sets the reason for a view's error. Always false.</summary>
    public bool Refuse(ParseError error) => Refuse(Layer.Explain(error));
}
