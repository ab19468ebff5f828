namespace PortAudit.Traffic.Capture;

/// <summary>A complete pcapng block (draft-ietf-opsawg-pcapng §3.1), viewed in the reader's buffer.</summary>
internal readonly ref struct PcapngBlock
{
    /// <summary>Type of a Section Header Block (§4.1): the same in both byte orders.</summary>
    public const uint SectionHeader = 0x0A0D0D0A;

    /// <summary>Type of an Interface Description Block (§4.2).</summary>
    public const uint InterfaceDescription = 1;

    /// <summary>Type of a Name Resolution Block (§4.5).</summary>
    public const uint NameResolution = 4;

    /// <summary>Type of an Interface Statistics Block (§4.6).</summary>
    public const uint InterfaceStatistics = 5;

    /// <summary>Bytes of a Section Header Block's body before its options.</summary>
    public const int SectionFixedLength = 16;

    /// <summary><c>opt_comment</c> (§3.5), allowed in every block.</summary>
    public const ushort CommentOption = 1;

    private const uint DecryptionSecrets = 10;
    private const uint ByteOrderMagic = 0x1A2B3C4D;

    /// <summary>Type and length before the body, in bytes.</summary>
    public const int LeadLength = 8;

    /// <summary>The shortest block: type, length, no body, length.</summary>
    public const int MinimumLength = 12;

    /// <summary>Length beyond which a block is damaged: twice the longest packet, to allow for options, names and
    /// secrets. The specification sets no limit.</summary>
    public const int MaximumLength = 2 * PcapReader.MaximumCapturedLength;

    /// <summary>Bytes occupied by a block of this length: rounded up to a multiple of four (§3.1).</summary>
    public static int PaddedLength(uint length) => (int)((length + 3) & ~3u);

    public PcapngBlock(uint type, ByteOrder order, long offset, ReadOnlySpan<byte> body)
    {
        Type = type;
        Order = order;
        Offset = offset;
        Body = body;
    }

    public uint Type { get; }

    public ByteOrder Order { get; }

    public long Offset { get; }

    public int Length => Body.Length + MinimumLength;

    /// <summary>The bytes between the two lengths: a multiple of 4.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>True for types defined by the specification or a known writer.</summary>
    public static bool IsKnown(uint type) =>
        type is SectionHeader or InterfaceDescription or NameResolution or InterfaceStatistics or DecryptionSecrets
        || PcapngPacketBlock.IsPacket(type) || IsOtherFrame(type);

    /// <summary>Reads a section's byte order from its byte-order magic (§4.1); false when there is none.</summary>
    public static bool TryReadOrder(ReadOnlySpan<byte> magic, out ByteOrder order)
    {
        order = new ByteOrder(ByteOrder.BigEndian.ReadUInt32(magic) == ByteOrderMagic);
        return order.ReadUInt32(magic) == ByteOrderMagic;
    }

    /// <summary>True for blocks without a packet that Wireshark numbers as frames: custom blocks (§4.7), those of the
    /// systemd journal and of sysdig.</summary>
    public static bool IsOtherFrame(uint type) =>
        type is 0x0000_0BAD or 0x4000_0BAD or 0x0000_0009 or 0x0000_0204 or 0x0000_0208 or 0x0000_0216 or 0x0000_0221;
}
