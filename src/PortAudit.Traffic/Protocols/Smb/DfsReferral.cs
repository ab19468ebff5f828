using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>A DFS referral response ([MS-DFSC] 2.2.4), viewed in place.</summary>
internal static class DfsReferral
{
    /// <summary>Length of the header: path consumed, number of referrals, flags.</summary>
    private const int HeaderLength = 8;

    /// <summary>Fixed part of a version 3 or 4 referral with a name list ([MS-DFSC] 2.2.5.3.2).</summary>
    private const int NameListLength = 18;

    private const ushort NameListReferral = 0x0002;

    /// <summary>True when the first referral lists domains or domain controllers, as only a domain controller does
    /// ([MS-DFSC] 3.3); other servers refer to folders.</summary>
    public static bool ListsDomains(ReadOnlySpan<byte> answer)
    {
        if (answer.Length < HeaderLength + NameListLength || BinaryPrimitives.ReadUInt16LittleEndian(answer[2..]) == 0)
            return false;
        var first = answer[HeaderLength..];
        return BinaryPrimitives.ReadUInt16LittleEndian(first) is 3 or 4
            && BinaryPrimitives.ReadUInt16LittleEndian(first[2..]) >= NameListLength
            && (BinaryPrimitives.ReadUInt16LittleEndian(first[6..]) & NameListReferral) != 0;
    }
}
