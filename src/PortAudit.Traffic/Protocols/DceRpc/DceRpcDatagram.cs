using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>A connectionless DCE/RPC PDU (C706 §12.5), viewed in place. Each names its interface.</summary>
internal readonly ref struct DceRpcDatagram
{
    /// <summary>Length of the header (C706 §12.5.2), in bytes.</summary>
    public const int HeaderLength = 80;

    /// <summary>Version of the protocol, the first byte.</summary>
    public const byte Version = 4;

    /// <summary>Reserved or unused bits in the two flags bytes (C706 §12.5.2.3, §12.5.2.4).</summary>
    private const byte ReservedFlags1 = 0x81;
    private const byte ReservedFlags2 = 0xFC;
    /// <summary>PF_LAST_FRAG and PF_FRAG of the first flags byte.</summary>
    private const byte LastFragment = 0x02;
    private const byte Fragment = 0x04;
    private const int InterfaceOffset = 24;
    private const int ActivityOffset = 40;
    private const int UuidLength = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private DceRpcDatagram(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header of a call with valid version, type, flags and label.
    /// Does not check the length: see <see cref="Fits"/>.</summary>
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

    /// <summary>UUID of the interface as sent: read it with <see cref="RpcInterfaces"/>.</summary>
    public ReadOnlySpan<byte> Interface => _bytes.Slice(InterfaceOffset, UuidLength);

    /// <summary>The activity; a client has one per thread. With <see cref="Sequence"/> it identifies a call.</summary>
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

    /// <summary>True for the last fragment of a request or response: PF_LAST_FRAG, or no PF_FRAG (C706
    /// §12.5.2.3).</summary>
    public bool IsLastFragment => (_bytes[2] & (Fragment | LastFragment)) != Fragment;

    /// <summary>The captured body.</summary>
    public ReadOnlySpan<byte> Body => _bytes.Slice(HeaderLength, Math.Min(BodyLength, _bytes.Length - HeaderLength));

    /// <summary>Protocol of the verifier after the body; 0 without one.</summary>
    public byte AuthProtocol => _bytes[78];

    /// <summary>True when body and verifier, if any, end with the datagram.</summary>
    /// <param name="isWhole">False when the datagram was cut: then lengths may exceed it.</param>
    public bool Fits(bool isWhole)
    {
        var rest = _bytes.Length - HeaderLength - BodyLength;
        return rest == 0 || (rest > 0 && AuthProtocol != 0) || (rest < 0 && !isWhole);
    }

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
