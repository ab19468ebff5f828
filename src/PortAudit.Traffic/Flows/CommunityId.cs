using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>The Community ID flow hash, version 1 with seed 0 (the specification of Corelight's community-id-spec repository), by which tools join their records.</summary>
internal static class CommunityId
{
    private const ushort Seed = 0;
    private const int MaximumInputLength = 2 + 16 + 16 + 1 + 1 + 2 + 2;

    /// <summary>Length of the text: version, colon, and the base64 form of 20 bytes.</summary>
    public const int Length = 2 + 28;

    /// <summary>The text <c>1:</c> and the base64 form of the SHA-1 of the ordered tuple.</summary>
    /// <param name="transport">IP protocol.</param>
    /// <param name="originator">One endpoint; for ICMP its port is the message's type.</param>
    /// <param name="responder">The other endpoint; for ICMP its port is the message's code.</param>
    public static string Of(IpProtocol transport, Endpoint originator, Endpoint responder)
    {
        Span<byte> text = stackalloc byte[Length];
        Write(transport, originator, responder, text);
        return Encoding.ASCII.GetString(text);
    }

    /// <summary>Writes the same in ASCII.</summary>
    /// <param name="transport">IP protocol.</param>
    /// <param name="originator">One endpoint.</param>
    /// <param name="responder">The other endpoint.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public static void Write(IpProtocol transport, Endpoint originator, Endpoint responder, Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[MaximumInputLength];
        var length = WriteInput(transport, originator, responder, input);
        Span<byte> hash = stackalloc byte[Sha1Block.HashLength];
        Sha1Block.Hash(input[..length], hash);
        "1:"u8.CopyTo(destination);
        Base64.EncodeToUtf8(hash, destination[2..], out _, out _);
    }

    private static int WriteInput(IpProtocol transport, Endpoint originator, Endpoint responder, Span<byte> input)
    {
        var isTwoWay = true;
        if (transport.IsIcmp && IcmpPairing.TryPair(transport, (byte)originator.Port, out var request, out var reply))
            (originator, responder) = (originator with { Port = request }, responder with { Port = reply });
        else if (transport.IsIcmp)
            isTwoWay = false;

        var (first, second) = isTwoWay && originator.CompareTo(responder) > 0 ? (responder, originator) : (originator, responder);
        BinaryPrimitives.WriteUInt16BigEndian(input, Seed);
        var length = 2;
        length += first.Address.CopyTo(input[length..]);
        length += second.Address.CopyTo(input[length..]);
        input[length++] = transport.Value;
        input[length++] = 0;
        if (!transport.HasPorts && !transport.IsIcmp)
            return length;
        BinaryPrimitives.WriteUInt16BigEndian(input[length..], first.Port);
        BinaryPrimitives.WriteUInt16BigEndian(input[(length + 2)..], second.Port);
        return length + 4;
    }
}
