using System.Collections.Frozen;
using System.Globalization;
using PortAudit.Traffic.Protocols.DceRpc;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>Zeek's names of RPC interfaces and operations (<c>scripts/base/protocols/dce-rpc/consts.zeek</c>) in the
/// names used here.</summary>
internal static class ZeekRpc
{
    private const string UnknownOperation = "unknown-";

    /// <summary>Our name of each interface that Zeek names differently.</summary>
    private static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>
    {
        ["epmapper"] = "epm",
        ["ITaskSchedulerService"] = "taskschedulerservice",
        ["IRemoteSCMActivator"] = "ISystemActivator",
        ["IActivation"] = "remact",
        ["IObjectExporter"] = "oxid",
        ["IRemUnknown"] = "remunk",
        ["IRemUnknown2"] = "remunk2",
        ["IRemoteWinspool"] = "iremotewinspool",
        ["FrsRpc"] = "frsrpc",
        ["FrsTransport"] = "frstrans",
        ["NtFrsApi"] = "frsapi",
        ["winspipe"] = "winsif",
        ["exchange_rfr"] = "rfr",
        ["exchange_mapi"] = "mapi",
        ["DAV RPC SERVICE"] = "DavRpcService",
        ["InitShutdown"] = "initshutdown",
        ["winstation_rpc"] = "IcaApi",
        ["msgsvcsend"] = "messenger",
        ["dimsvc"] = "rras",
        ["efsrpc2"] = "efs",
        ["FileServerVssAgent"] = "fsrvp",
        ["ITypeInfo"] = "typeinfo",
        ["locator"] = "LocToLoc",
        ["tapsrv"] = "tapi",
        ["TermServEnumeration"] = "TermSrvEnumeration",
        ["TermServNotification"] = "TermSrvNotification",
        ["Witness"] = "witness",
        ["IWbemContext interface"] = "IWbemContext",
        ["IWbemContext unmarshaler"] = "IWbemContext",
        ["IWbemClassObject interface"] = "IWbemClassObject",
        ["IWbemBackupRestore interface"] = "IWbemBackupRestore",
        ["IWbemBackupRestoreEx interface"] = "IWbemBackupRestoreEx",
        ["IWbemObjectSink interface"] = "IWbemObjectSink",
        ["IEnumWbemClassObject interface"] = "IEnumWbemClassObject",
        ["IWbemCallResult interface"] = "IWbemCallResult",
        ["IWbemRemoteRefresher interface"] = "IWbemRemoteRefresher",
        ["IWbemRefreshingServices interface"] = "IWbemRefreshingServices",
        ["IWbemWCOSmartEnum interface"] = "IWbemWCOSmartEnum",
        ["IWbemFetchSmartEnum interface"] = "IWbemFetchSmartEnum",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Numbers of the operations that sensitive operations name ([MS-DRSR] 4.1.10, [MS-SAMR] 3.1.5, [MS-LSAD]
    /// 3.1.4, [MS-RPRN] 3.1.4, [MS-PAR] 3.1.4): no other call is kept.</summary>
    private static readonly FrozenDictionary<string, ushort> Operations = new Dictionary<string, ushort>
    {
        ["drsuapi.DRSGetNCChanges"] = 3,
        ["samr.SamrEnumerateGroupsInDomain"] = 11,
        ["samr.SamrEnumerateUsersInDomain"] = 13,
        ["samr.SamrEnumerateAliasesInDomain"] = 15,
        ["samr.SamrQueryDisplayInformation"] = 40,
        ["samr.SamrQueryDisplayInformation2"] = 48,
        ["samr.SamrQueryDisplayInformation3"] = 51,
        ["lsarpc.LsarEnumerateAccounts"] = 11,
        ["lsarpc.LsarEnumerateAccountsWithUserRight"] = 35,
        ["spoolss.RpcRemoteFindFirstPrinterChangeNotification"] = 62,
        ["spoolss.RpcRemoteFindFirstPrinterChangeNotificationEx"] = 65,
        ["iremotewinspool.RpcSyncRegisterForRemoteNotifications"] = 58,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Known = RpcInterfaces.AllNames.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Names that Zeek gives an interface otherwise, with ours.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Renamings => Renamed;

    /// <summary>Our name of an interface; null when unknown here. Zeek writes the UUID of one that it does not
    /// know.</summary>
    public static string? InterfaceOf(string endpoint)
    {
        if (Renamed.TryGetValue(endpoint, out var renamed))
            return renamed;
        if (Known.TryGetValue(endpoint, out var known))
            return known;
        return Guid.TryParse(endpoint, out var uuid) ? RpcInterfaces.Find(uuid) : null;
    }

    /// <summary>The number of an operation; null for one that needs no number.</summary>
    public static ushort? OperationOf(string known, string operation)
    {
        if (Operations.TryGetValue($"{known}.{operation}", out var number))
            return number;
        return operation.StartsWith(UnknownOperation, StringComparison.Ordinal)
            && ushort.TryParse(operation.AsSpan(UnknownOperation.Length), NumberStyles.None,
                CultureInfo.InvariantCulture, out number)
            ? number
            : null;
    }
}
