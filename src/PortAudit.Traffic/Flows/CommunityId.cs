using System.Buffers.Binary;
using System.Security.Cryptography;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>The Community ID flow hash, version 1 with seed 0 (the specification of Corelight's community-id-spec repository), by which tools join their records.</summary>
internal static class CommunityId
{
    private const ushort Seed = 0;
    private const int MaximumInputLength = 2 + 16 + 16 + 1 + 1 + 2 + 2;

    /// <summary>The text <c>1:</c> and the base64 form of the SHA-1 of the ordered tuple.</summary>
    /// <param name="transport">IP protocol.</param>
    /// <param name="originator">One endpoint; for ICMP its port is the message's type.</param>
    /// <param name="responder">The other endpoint; for ICMP its port is the message's code.</param>
    public static string Of(IpProtocol transport, Endpoint originator, Endpoint responder)
    {
        var isTwoWay = true;
        if (transport.IsIcmp && IcmpPairing.TryPair(transport, (byte)originator.Port, out var request, out var reply))
            (originator, responder) = (originator with { Port = request }, responder with { Port = reply });
        else if (transport.IsIcmp)
            isTwoWay = false;

        var (first, second) = isTwoWay && originator.CompareTo(responder) > 0 ? (responder, originator) : (originator, responder);
        Span<byte> input = stackalloc byte[MaximumInputLength];
        BinaryPrimitives.WriteUInt16BigEndian(input, Seed);
        var length = 2;
        length += first.Address.CopyTo(input[length..]);
        length += second.Address.CopyTo(input[length..]);
        input[length++] = transport.Value;
        input[length++] = 0;
        if (transport.HasPorts || transport.IsIcmp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(input[length..], first.Port);
            BinaryPrimitives.WriteUInt16BigEndian(input[(length + 2)..], second.Port);
            length += 4;
        }

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        // SHA-1 is what the specification asks for; nothing here rests on its resistance to collisions.
#pragma warning disable CA5350
        SHA1.HashData(input[..length], hash);
#pragma warning restore CA5350
        return string.Concat("1:", Convert.ToBase64String(hash));
    }
}
