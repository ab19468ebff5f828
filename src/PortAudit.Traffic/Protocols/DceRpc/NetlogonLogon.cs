namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Netlogon calls with which a client proves that it knows its password ([MS-NRPC] 3.5.4.4).</summary>
internal static class NetlogonLogon
{
    /// <summary>Registry name of the interface.</summary>
    public const string Interface = "netlogon";

    private const ushort Authenticate2 = 15;
    private const ushort Authenticate3 = 26;

    private const int CredentialLength = 8;
    private const int FlagsLength = 4;

    /// <summary>Padding after a UTF-16 string to align the flags to four bytes.</summary>
    private const int MostPadding = 2;

    /// <summary>True for a request with an all-zero credential ([MS-NRPC] 2.2.1.3.4): by chance once in 2^64. An
    /// attacker without a password repeats it until the server computes the same, once in 256 tries if the AES-CFB8
    /// flaw is not fixed (CVE-2020-1472).</summary>
    /// <param name="operation">Number of the call.</param>
    /// <param name="stub">Its complete stub data: the flags come last.</param>
    public static bool HasZeroCredential(ushort operation, ReadOnlySpan<byte> stub) =>
        operation is Authenticate2 or Authenticate3 && stub.Length >= CredentialLength + FlagsLength + MostPadding
        && (IsZero(stub[^(CredentialLength + FlagsLength)..^FlagsLength])
            || IsZero(stub[^(CredentialLength + FlagsLength + MostPadding)..^(FlagsLength + MostPadding)]));

    private static bool IsZero(ReadOnlySpan<byte> credential) => !credential.ContainsAnyExcept((byte)0);
}
