using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>A connectionless PDU of DCE/RPC (C706 §12.5), viewed in place. Every one names its interface.</summary>
internal readonly ref struct DceRpcDatagram
{
    /// <summary>Length of the header (C706 §12.5.2), in bytes.</summary>
    public const int HeaderLength = 80;

    /// <summary>Version of the protocol, the first byte.</summary>
    public const byte Version = 4;

    /// <summary>Bits of the two bytes of flags that are reserved for implementations or unused (C706 §12.5.2.3,
    /// §12.5.2.4).</summary>
    private const byte ReservedFlags1 = 0x81;
    private const byte ReservedFlags2 = 0xFC;
    /// <summary>PF_LAST_FRAG and PF_FRAG of the first byte of flags.</summary>
    private const byte LastFragment = 0x02;
    private const byte Fragment = 0x04;
    private const int InterfaceOffset = 24;
    private const int ActivityOffset = 40;
    private const int UuidLength = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private DceRpcDatagram(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>
    /// True when <paramref name="bytes"/> hold a header whose version, type, flags and label agree with C706 and that
    /// belongs to a call. Whether the length fits is <see cref="Fits"/>'s to say.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DceRpcDatagram datagram, out ParseError error)
    {
        datagram = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadVersion;
        if (bytes[0] != Version)
            return false;
        error = ParseError.BadValue;
        var isKnown =
            bytes[1] <= (byte)DceRpcPduType.CancelAcknowledgement && DceRpcDataRepresentation.IsKnown(bytes[4..]);
        if (!isKnown || (bytes[2] & ReservedFlags1) != 0 || (bytes[3] & ReservedFlags2) != 0
            || !bytes.Slice(ActivityOffset, UuidLength).ContainsAnyExcept((byte)0))
            return false;
        datagram = new DceRpcDatagram(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Type of the PDU.</summary>
    public DceRpcPduType Type => (DceRpcPduType)_bytes[1];

    /// <summary>True when numbers and UUIDs are little-endian.</summary>
    public bool IsLittleEndian => DceRpcDataRepresentation.IsLittleEndian(_bytes[4]);

    /// <summary>UUID of the interface as it was sent: read it with <see cref="RpcInterfaces"/>.</summary>
    public ReadOnlySpan<byte> Interface => _bytes.Slice(InterfaceOffset, UuidLength);

    /// <summary>The activity, of which a client has one for each of its threads: with <see cref="Sequence"/> it
    /// identifies a call.</summary>
    public Guid Activity => new(_bytes.Slice(ActivityOffset, UuidLength), !IsLittleEndian);

    /// <summary>Number of the call within its activity.</summary>
    public uint Sequence => IsLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes[64..])
        : BinaryPrimitives.ReadUInt32BigEndian(_bytes[64..]);

    /// <summary>Number of the operation within its interface.</summary>
    public ushort Operation => UInt16(_bytes[68..]);

    /// <summary>Length of the body of this fragment, in bytes.</summary>
    public int BodyLength => UInt16(_bytes[74..]);

    /// <summary>Number of the fragment, from 0.</summary>
    public ushort FragmentNumber => UInt16(_bytes[76..]);

    /// <summary>True when nothing of the request or answer follows: PF_LAST_FRAG, or no PF_FRAG (C706
    /// §12.5.2.3).</summary>
    public bool IsLastFragment => (_bytes[2] & (Fragment | LastFragment)) != Fragment;

    /// <summary>The body, as far as it was captured.</summary>
    public ReadOnlySpan<byte> Body => _bytes.Slice(HeaderLength, Math.Min(BodyLength, _bytes.Length - HeaderLength));

    /// <summary>Protocol of the verifier behind the body; 0 when there is none.</summary>
    public byte AuthProtocol => _bytes[78];

    /// <summary>True when the body, and a verifier where there is one, end where the datagram does.</summary>
    /// <param name="isWhole">False when the datagram was cut: then more may be announced than is there.</param>
    public bool Fits(bool isWhole)
    {
        var rest = _bytes.Length - HeaderLength - BodyLength;
        return rest == 0 || (rest > 0 && AuthProtocol != 0) || (rest < 0 && !isWhole);
    }

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
