using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>The answer to a request for referrals of the Distributed File System ([MS-DFSC] 2.2.4), viewed in
/// place.</summary>
internal static class DfsReferral
{
    /// <summary>Length of the header: what was consumed of the path, number of referrals, flags.</summary>
    private const int HeaderLength = 8;

    /// <summary>Fixed part of a referral of version 3 or 4 that lists names ([MS-DFSC] 2.2.5.3.2).</summary>
    private const int NameListLength = 18;

    private const ushort NameListReferral = 0x0002;

    /// <summary>
    /// True when the first referral lists names of domains or of domain controllers. Only a domain controller gives
    /// such an answer ([MS-DFSC] 3.3); other servers refer to folders.
    /// </summary>
    /// <param name="answer">The answer, of any length.</param>
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
