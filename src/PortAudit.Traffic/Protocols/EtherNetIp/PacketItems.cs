using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.EtherNetIp;

/// <summary>The items of a packet: number, then type, length and data of each (The CIP Networks Library volume 2,
/// §2-6).</summary>
internal static class PacketItems
{
    /// <summary>Type and length of an item, in bytes.</summary>
    private const int ItemHeaderLength = 4;

    /// <summary>Items examined: address, data, and socket addresses of both directions (§2-6.4).</summary>
    private const int MostItems = 4;

    private const int NullAddress = 0x0000;
    private const int Target = 0x0001;
    private const int Identity = 0x000C;
    private const int SecurityInformation = 0x0086;
    private const int ConnectedAddress = 0x00A1;
    private const int ConnectedData = 0x00B1;
    private const int UnconnectedData = 0x00B2;
    private const int Services = 0x0100;
    private const int FirstSocketAddress = 0x8000;
    private const int SequencedAddress = 0x8002;

    private const int SequencedAddressLength = 8;

    /// <summary>Sequence number in front of the service of a connected message.</summary>
    private const int SequenceLength = 2;

    /// <summary>True when items of known types fill <paramref name="length"/> bytes, as far as present.</summary>
    public static bool AreSound(ReadOnlySpan<byte> items, int length)
    {
        if (length < 2)
            return false;
        if (items.Length < 2)
            return true;
        var number = BinaryPrimitives.ReadUInt16LittleEndian(items);
        if (number > MostItems)
            return false;
        var at = 2;
        for (var i = 0; i < number; i++)
        {
            if (items.Length < at + ItemHeaderLength)
                return at + ItemHeaderLength <= length;
            if (!IsKnown(BinaryPrimitives.ReadUInt16LittleEndian(items[at..])))
                return false;
            at += ItemHeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(items[(at + 2)..]);
        }

        return at == length;
    }

    /// <summary>Service of the message in the last item; negative when it is not present.</summary>
    public static int ServiceOf(ReadOnlySpan<byte> items)
    {
        var at = 2;
        for (var i = 0; i < MostItems && items.Length >= at + ItemHeaderLength; i++)
        {
            var type = BinaryPrimitives.ReadUInt16LittleEndian(items[at..]);
            var service = at + ItemHeaderLength + (type == ConnectedData ? SequenceLength : 0);
            if (type is ConnectedData or UnconnectedData)
                return service < items.Length ? items[service] : -1;
            at += ItemHeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(items[(at + 2)..]);
        }

        return -1;
    }

    /// <summary>True for a datagram of a connection's data: a sequenced address and one item of data that fills the
    /// rest (§2-6.2, §3-2).</summary>
    public static bool AreConnectionData(ReadOnlySpan<byte> datagram, bool isWhole) =>
        datagram.Length >= 2 + (2 * ItemHeaderLength) + SequencedAddressLength
        && BinaryPrimitives.ReadUInt16LittleEndian(datagram) == 2
        && BinaryPrimitives.ReadUInt16LittleEndian(datagram[2..]) == SequencedAddress
        && BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]) == SequencedAddressLength
        && BinaryPrimitives.ReadUInt16LittleEndian(datagram[14..]) == ConnectedData
        && (!isWhole || 18 + BinaryPrimitives.ReadUInt16LittleEndian(datagram[16..]) == datagram.Length);

    private static bool IsKnown(int type) => type is NullAddress or Target or Identity or SecurityInformation
        or ConnectedAddress or ConnectedData or UnconnectedData or Services
        or (>= FirstSocketAddress and <= SequencedAddress);
}
