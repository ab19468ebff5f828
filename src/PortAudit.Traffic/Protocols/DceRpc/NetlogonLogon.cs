namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>The calls by which a client proves to Netlogon that it knows its password ([MS-NRPC] 3.5.4.4).</summary>
internal static class NetlogonLogon
{
    /// <summary>Registry name of the interface.</summary>
    public const string Interface = "netlogon";

    private const ushort Authenticate2 = 15;
    private const ushort Authenticate3 = 26;

    private const int CredentialLength = 8;
    private const int FlagsLength = 4;

    /// <summary>The credential follows a string of two-byte characters, and the flags begin at a multiple of
    /// four.</summary>
    private const int MostPadding = 2;

    /// <summary>
    /// True for a request whose credential ([MS-NRPC] 2.2.1.3.4) is all zeros. One of an honest client is so once in
    /// 2^64 times; a client that knows no password tries it until the server's own comes out the same, once in 256
    /// times where the flaw of AES-CFB8 with a vector of zeros is not mended (CVE-2020-1472).
    /// </summary>
    /// <param name="operation">Number of the call.</param>
    /// <param name="stub">Its stub data, whole: the flags are the last of it.</param>
    public static bool HasZeroCredential(ushort operation, ReadOnlySpan<byte> stub) =>
        operation is Authenticate2 or Authenticate3 && stub.Length >= CredentialLength + FlagsLength + MostPadding
        && (IsZero(stub[^(CredentialLength + FlagsLength)..^FlagsLength])
            || IsZero(stub[^(CredentialLength + FlagsLength + MostPadding)..^(FlagsLength + MostPadding)]));

    private static bool IsZero(ReadOnlySpan<byte> credential) => !credential.ContainsAnyExcept((byte)0);
}
