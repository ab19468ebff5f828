using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>
/// Names of RPC interfaces by their UUIDs, whatever the version: those that at least two independent public sources
/// have (Microsoft's documents and grammars, Wireshark, Zeek, Scapy, Impacket). An interface has Wireshark's filter
/// name where there is one, else the name that most of them give, Microsoft's own in doubt. Three are written
/// otherwise: <c>epm</c>, <c>netlogon</c> and <c>browser</c> without the digit or prefix that Wireshark adds to tell
/// its filters apart, and <c>ISystemActivator</c> as DCOM writes it.
/// </summary>
public static class RpcInterfaces
{
    /// <summary>The manager of conversations, by which a server of connectionless RPC asks its caller back (C706
    /// appendix P).</summary>
    private static readonly Guid Conversation = new("333a2276-0000-0000-0d00-00809c000000");

    private static readonly FrozenDictionary<Guid, string> Names = Read(Table);

    /// <summary>What DCOM's object exporters are called: behind their port are all objects of a process, so that no
    /// interface names it.</summary>
    internal const string Dcom = "dcom";

    /// <summary>What the UDP port is called at which a client of Exchange wants to be told of new messages.</summary>
    internal const string PushNotification = "exchange-push-notification";

    /// <summary>All names that a service of RPC may have, in no order; one that two UUIDs have stands there
    /// twice.</summary>
    public static ImmutableArray<string> AllNames => [.. Names.Values, Dcom, PushNotification];

    /// <summary>The name of the interface whose UUID these 16 bytes are, null when it is not known. Allocates
    /// nothing.</summary>
    /// <param name="uuid">The UUID as it was sent, 16 bytes.</param>
    /// <param name="isLittleEndian">Whether its first three fields are little-endian, as the PDU's label says.</param>
    internal static string? Find(ReadOnlySpan<byte> uuid, bool isLittleEndian) => Find(new Guid(uuid, !isLittleEndian));

    /// <summary>The name of an interface, null when it is not known. Allocates nothing.</summary>
    public static string? Find(Guid uuid) => Names.GetValueOrDefault(uuid);

    /// <summary>True for an interface that every server has, by its name, and that says nothing of what it serves: the
    /// endpoint mapper and the management of the run-time (C706 appendices O and Q).</summary>
    public static bool IsGeneral(string name) => name is "epm" or "mgmt";

    /// <summary>True for the interface by which a server asks its caller back.</summary>
    internal static bool IsConversation(ReadOnlySpan<byte> uuid, bool isLittleEndian) =>
        new Guid(uuid, !isLittleEndian) == Conversation;

    private static FrozenDictionary<Guid, string> Read(string table)
    {
        var words = table.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Chunk(2).ToFrozenDictionary(pair => Guid.Parse(pair[0]), pair => pair[1]);
    }

    /// <summary>UUID and name, by name down the two columns.</summary>
    private const string Table = """
        5261574a-4572-206e-b268-6b199213b4e4 AsyncEMSMDB                          66a2db20-d706-11d0-a37b-00c04fc9da04 IRemoteRouterRestart
        1ff70682-0a51-30e8-076d-740be8cee98b atsvc                                66a2db21-d706-11d0-a37b-00c04fc9da04 IRemoteSetDnsConfig
        c386ca3e-9061-4a72-821e-498d83be188f AudioRpc                             5ff9bdf6-bd91-4d8b-a614-d6317acc8dd8 IRemoteSstpCertCheck
        3faf4738-3a21-4307-b46c-fdda9bb8c0d5 AudioSrv                             67e08fc2-2984-4b62-b92e-fc1aae64bbbb IRemoteStringIdConfig
        0b1c2170-5732-4e0e-8cd3-d9b16f3b84d7 authzr                               76f03f96-cdfd-44fc-a22c-64950a001209 iremotewinspool
        3dde7c30-165d-11d1-ab8f-00805f14db40 BackupKey                            98315903-7be5-11d2-adc1-00a02463d6e7 IReplicationUtil
        e3d0d746-d2af-40fd-8a7a-0d7078bb7092 BitsPeerAuth                         c5cebee2-9df5-4cdd-a08c-c2471bc144b4 IResourceManager
        6bffd098-a112-3610-9833-012892020162 browser                              2a3eb639-d134-422d-90d8-aaa1b5216202 IResourceManager2
        bba9cb76-eb0c-462c-aa1b-5d8c34415701 Claims                               7d07f313-a53f-459a-bb12-012c15b1846e IRobustNtmsMediaServices1
        b97db8b2-4c63-11cf-bff6-08002be23f2f clusapi                              0b6edbfa-4a24-4fc6-8a23-942b1eca65d1 IRPCAsyncNotify
        d61a27c6-8f53-11d0-bfa0-00a024151983 CNtmsSvr                             ae33069b-a2a8-46ee-a235-ddfd339be281 IRPCRemoteObject
        333a2276-0000-0000-0d00-00809c000000 conv                                 833e41aa-aff7-4ac3-aac2-9f24c1457bce ISAFSession
        c8cb7687-e6d3-11d2-a958-00c04f682e16 DavRpcService                        0383753a-098b-11d8-9414-505054503030 ISchedule
        3c4728c5-f0ab-448b-bda1-6ce01eb0a6d6 dhcpcsvc6                            0383753d-098b-11d8-9414-505054503030 IScheduleCollection
        6bffd098-a112-3610-9833-46c3f874532d dhcpsrv                              b9785960-524f-11df-8b6d-83dcded72085 ISDKey
        5b821720-f63b-11d0-aad2-00c04fc324db dhcpsrv2                             d40cff62-e08c-4498-941a-01e25f0fd33c ISearchResult
        50abc2a4-574d-40b3-9d66-ee4fd5fba076 dnsserver                            12b81e99-f207-4a4c-85d3-77b42f76fd14 ISeclogon
        e3514235-4b06-11d1-ab04-00c04fc2dcd2 drsuapi                              e65e8028-83e8-491b-9af7-aaf6bd51a0ce IServerHealthReport
        7c44d7d4-31d5-424c-bd5e-2b3e1f323d22 dsaop                                20d15747-6c48-4254-a358-65039fd8c63c IServerHealthReport2
        77df7a80-f298-11d0-8358-00a024c480a8 dscomm                               8165b19e-8d3a-4d0b-80c8-97de310db583 IServicedComponentInfo
        708cca10-9569-11d1-b2a5-0060977d8118 dscomm2                              eff90582-2ddc-480f-a06d-60f3fbc362c3 IStringCollection
        3919286a-b10c-11d0-9ba8-00c04fd92ef5 dssetup                              000001a0-0000-0000-c000-000000000046 ISystemActivator
        c681d488-d850-11d0-8c52-00c04fd90f7e efs                                  112b1dff-d9dc-41f7-869f-d67fee7cb591 ITpmVirtualSmartCardManager
        df1941c5-fe89-4e79-bf10-463657acf44d efsrpc                               fdf8a2b9-02de-47f4-bc26-aa85ab5e5267 ITpmVirtualSmartCardManager2
        e1af8308-5d1f-11c9-91a4-08002b14a0fa epm                                  3c745a97-f375-4150-be17-5950f694c699 ITpmVirtualSmartCardManager3
        82273fdc-e32a-18c3-3f78-827929dc23ea eventlog                             1a1bb35f-abb8-451c-a1ae-33d98f1bef4a ITpmVirtualSmartCardManagerStatusCallback
        14a8831c-bc82-11d2-8a64-0008c7457e5d ExtendedError                        0383750b-098b-11d8-9414-505054503030 ITraceDataCollector
        ea0a3165-4834-11d2-a6f8-00c04fa346cc fax                                  03837512-098b-11d8-9414-505054503030 ITraceDataProvider
        6099fc12-3eff-11d0-abd0-00c04fd91a4e faxclient                            03837510-098b-11d8-9414-505054503030 ITraceDataProviderCollection
        d049b186-814f-11d1-9a3c-00c04fc9b232 frsapi                               0fb15084-af41-11ce-bd2b-204c4f4f5020 ITransaction
        f5cc59b4-4264-101a-8c59-08002b2f8426 frsrpc                               97199110-db2e-11d1-a251-0000f805ca53 ITransactionStream
        897e2e5f-93f3-4376-9c9c-fd2277495c27 frstrans                             00020403-0000-0000-c000-000000000046 ITypeComp
        a8e0653c-2744-4389-a61d-7373df8b2292 fsrvp                                00020412-0000-0000-c000-000000000046 ITypeInfo2
        3d267954-eeb7-11d1-b94e-00c04fa3080d HydraLsPipe                          00020402-0000-0000-c000-000000000046 ITypeLib
        4bb8ab1d-9ef9-4100-8eb6-dd4b4e418b72 IADProxy                             00020411-0000-0000-c000-000000000046 ITypeLib2
        c4b0c7d9-abe0-4733-a1e1-9fdedf260c7a IADProxy2                            00000000-0000-0000-c000-000000000046 IUnknown
        03837516-098b-11d8-9414-505054503030 IAlertDataCollector                  6a92b07a-d821-4682-b423-5c805022cc4d IUpdate
        7f43b400-1a0e-4d57-bbc9-6b0c65f7a889 IAlternateLaunch                     144fe9b0-d23d-4a8b-8634-fb4457533b7a IUpdate2
        0383751a-098b-11d8-9414-505054503030 IApiTracingDataCollector             112eda6b-95b3-476f-9d90-aee82c6b8181 IUpdate3
        9be77978-73ed-4a9a-87fd-13f09fec1b13 IAppHostAdminManager                 27e94b0d-5139-49a2-9a61-93522dc54652 IUpdate4
        09829352-87c2-418d-8d79-4133969a489d IAppHostChangeHandler                c1c2f21a-d2f4-4902-b5c6-8a081c19a890 IUpdate5
        08a90f5f-0702-48d6-b45f-02a9885a9768 IAppHostChildElementCollection       07f7438c-7709-4ca5-b518-91279288134e IUpdateCollection
        de095db1-5368-4d11-81f6-efef619b7bcf IAppHostCollectionSchema             54a2cb2d-9a0c-48b6-8a50-9abb69ee2d02 IUpdateDownloadContent
        4dfa1df3-8900-4bc7-bbb5-d1a458c52410 IAppHostConfigException              c97ad11b-f257-420b-9d9f-377f733f6f68 IUpdateDownloadContent2
        ada4e6fb-e025-401e-a5d0-c3134a281f07 IAppHostConfigFile                   bc5513c8-b3b8-4bf7-a4d4-361c0d8c88ba IUpdateDownloadContentCollection
        370af178-7758-4dad-8146-7391f6e18585 IAppHostConfigLocation               a376dd5e-09d4-427f-af7c-fed5b6e1c1d6 IUpdateException
        832a32f7-b3ea-4b8c-b260-9a2923001184 IAppHostConfigLocationCollection     503626a3-8e14-4729-9355-0fe664bd2321 IUpdateExceptionCollection
        8f6d760f-f0cb-4d69-b5f6-848b33e9bdc6 IAppHostConfigManager                be56a644-af0e-4e0e-a311-c1d8e695cbff IUpdateHistoryEntry
        0716caf8-7d05-4a46-8099-77594be91394 IAppHostConstantValue                c2bfb780-4539-4132-ab8c-0a8772013ab6 IUpdateHistoryEntry2
        5b5a68e6-8b9f-45e1-8199-a95ffccdffff IAppHostConstantValueCollection      a7f04f3c-a290-435b-aadf-a116c3357a5c IUpdateHistoryEntryCollection
        64ff8ccc-b287-4dae-b08a-a72cbf45f453 IAppHostElement                      46297823-9940-4c09-aed9-cd3ea6d05968 IUpdateIdentity
        c8550bff-5281-4b1e-ac34-99b6fa38464d IAppHostElementCollection            8f45abf1-f9ae-4b95-a933-f0f66e5056ea IUpdateSearcher
        ef13d885-642c-4709-99ec-b89561c6bc69 IAppHostElementSchema                4cbdcb2d-1589-4beb-bd1c-3e582ff0add0 IUpdateSearcher2
        0344cdda-151e-4cbf-82da-66ae61e97754 IAppHostElementSchemaCollection      04c6895d-eaf2-4034-97f3-311de9be413a IUpdateSearcher3
        31a83ea0-c0e4-4a2c-8a01-353cc2a4c60a IAppHostMappingExtension             76b3b17e-aed6-4da5-85f0-83587f81abe3 IUpdateService
        7883ca1c-1112-4447-84c3-52fbeb38069d IAppHostMethod                       1518b460-6518-4172-940f-c75883b24ceb IUpdateService2
        d6c7cd8f-bb8d-4f96-b591-d3a5f1320269 IAppHostMethodCollection             9b0353aa-0e52-44ff-b8b0-1f7fa0437f88 IUpdateServiceCollection
        b80f3c42-60e0-4ae0-9007-f52852d3dbed IAppHostMethodInstance               23857e3c-02ba-44a3-9423-b1c900805f37 IUpdateServiceManager
        2d9915fb-9d42-4328-b782-1b46819fab9e IAppHostMethodSchema                 0bb8531d-7e8d-424f-986c-a0b8f60a3e7b IUpdateServiceManager2
        e7927575-5cc3-403b-822e-328a6b904bee IAppHostPathMapper                   dde02280-12b3-4e0b-937b-6747f6acb286 IUpdateServiceRegistration
        ed35f7a1-5024-4e7b-a44d-07ddaf4b524d IAppHostProperty                     816858a4-260d-4260-933a-2585f1abc76b IUpdateSession
        0191775e-bcff-445a-b4f4-3bdda54e2816 IAppHostPropertyCollection           91caf7b0-eb23-49ed-9937-c52d817f46f7 IUpdateSession2
        eafe4895-a929-41ea-b14d-613e23f62b71 IAppHostPropertyException            918efd1e-b5d8-4c90-8540-aeb9bdc56f9d IUpdateSession3
        450386db-7409-4667-935e-384dbbee2a9e IAppHostPropertySchema               03837534-098b-11d8-9414-505054503030 IValueMap
        8bed2c68-a5fb-4b28-8581-a0dc5267419f IAppHostPropertySchemaCollection     03837533-098b-11d8-9414-505054503030 IValueMapItem
        c5c04795-321c-4014-8fd6-d44658799393 IAppHostSectionDefinition            6e6f6b40-977c-4069-bddd-ac710059f8c0 IVdsAdvancedDisk
        b7d381ee-8860-47a1-8af4-1f33b2b1f325 IAppHostSectionDefinitionCollection  9723f420-9355-42de-ab66-e31bb15beeac IVdsAdvancedDisk2
        0dd8a158-ebe6-4008-a1d9-b7ecc8f1104b IAppHostSectionGroup                 3858c0d5-0f35-4bf5-9714-69874963bc36 IVdsAdvancedDisk3
        fa7660f6-7b3f-4237-a8bf-ed0ad0dcbbd9 IAppHostWritableAdminManager         8326cd1d-cf59-4936-b786-5efc08798e25 IVdsAdviseSink
        673425bf-c082-4c7c-bdfd-569464b8e0ce IAutomaticUpdates                    d5d23b6d-5a55-4492-9889-397a3c2d2dbc IVdsAsync
        4a2f5c31-cfd9-410e-b7fb-29a653973a0f IAutomaticUpdates2                   9882f547-cfc3-420b-9750-00dfbec50662 IVdsCreatePartitionEx
        e7a4d634-7942-4dd9-a111-82228ba33901 IAutomaticUpdatesResults             07e5c822-f00c-47a1-8fce-b244da56fd06 IVdsDisk
        5ca4a760-ebb1-11cf-8611-00a0245420ed IcaApi                               40f73c8b-687d-4a13-8d96-3d7f2e683936 IVdsDisk2
        47cde9a1-0bf6-11d2-8016-00c04fb9988e ICapabilitySupport                   8f4b2f5d-ec15-4357-992f-473ef10975b9 IVdsDisk3
        1d118904-94b3-4a64-9fa6-ed432666a7b9 ICatalog64BitSupport                 90681b1d-6a7f-48e8-9061-31b7aa125322 IVdsDiskOnline
        182c40fa-32e4-11d0-818b-00a0c9231c29 ICatalogSession                      538684e0-ba3d-4bc0-aca9-164aff85c2a9 IVdsDiskPartitionMF
        a8927a41-d3ce-11d1-8472-006008b0e5ca ICatalogTableInfo                    9cbe50ca-f2d2-4bf4-ace1-96896b729625 IVdsDiskPartitionMF2
        0e3d6630-b46b-11d1-9d2d-006008b0e5ca ICatalogTableRead                    2abd757f-2851-4997-9a13-47d2a885d6ca IVdsHbaPort
        0e3d6631-b46b-11d1-9d2d-006008b0e5ca ICatalogTableWrite                   d99bdaae-b13a-4178-9fdb-e27f16b4603e IVdsHwProvider
        456129e2-1078-11d2-b0f9-00805fc73204 ICatalogUtils                        b07fedd4-1682-4440-9189-a39b55194dc5 IVdsIscsiInitiatorAdapter
        c726744e-5735-4f08-8286-c510ee638fb6 ICatalogUtils2                       38a0a9ab-7cc8-4693-ac07-1f28bd03c3da IVdsIscsiInitiatorPortal
        f50aac00-c7f3-428e-a022-a6b71bfb9d43 ICatDBSvc                            75c8f324-f715-4fe3-a28e-f9011b61a4a1 IVdsOpenVDisk
        81ddc1b8-9d35-47a6-b471-5b80f519223b ICategory                            3b69d7f5-9d94-4648-91ca-79939ba263bf IVdsPack
        3a56bfb8-576c-43f7-9335-fe4838fd7e37 ICategoryCollection                  13b50bff-290a-47dd-8558-b7c58db1a71a IVdsPack2
        d99e6e71-fc88-11d0-b498-00a0c90312f3 ICertAdminD                          10c5e575-7984-4e81-a56b-431f5f92ae42 IVdsProvider
        7fe0d935-dda6-443f-85d0-1cfb58fe41dd ICertAdminD2                         0316560b-5db4-4ed9-bbb5-213436ddc0d9 IVdsRemovable
        91ae6020-9e3c-11cf-8d7c-00aa00c091be ICertPassage                         0818a8ef-9ba9-40d8-a6f9-e22833cc771e IVdsService
        0d72a7d4-6148-11d1-b4aa-00c04fb66ea0 ICertProtect                         0ac13689-3134-47c6-a17c-4669216801be IVdsServiceHba
        d99e6e70-fc88-11d0-b498-00a0c90312f3 ICertRequestD                        4afc3636-db01-4052-80c3-03bbcb8d3c69 IVdsServiceInitialization
        5422fd3a-d4b8-4cef-a12e-e87d4ca22e90 ICertRequestD2                       14fbe036-3ed7-4e10-90e9-a5ff991aff01 IVdsServiceIscsi
        879c8bbe-41b0-11d1-be11-00c04fb6bf70 IClientSink                          e0393303-90d4-4a97-ab71-e9b671ee2729 IVdsServiceLoader
        52c80b95-c1ad-4240-8d89-72e9fa84025e IClusCfgAsyncEvictCleanup            fc5d23e8-a88b-41a5-8de0-2d2f73c5a630 IVdsServiceSAN
        11942d87-a1de-4e7f-83fb-a840d9c5928d IClusterStorage3                     15fc031c-0652-4306-b2c3-f558b8f837e2 IVdsServiceSw
        4e6cdcc9-fb25-4fd5-9cc5-c9f4b6559cec IComTrackingInfoEvents               b6b22da8-f903-4be7-b492-c09d875ac9da IVdsServiceUninstallDisk
        03837514-098b-11d8-9414-505054503030 IConfigurationDataCollector          83bfb87f-43fb-4903-baa6-127f01029eec IVdsSubSystemImportTarget
        b196b286-bab4-101a-b69c-00aa00341d07 IConnectionPoint                     9aa58360-ce33-4f92-b658-ed24b14425b8 IVdsSwProvider
        b196b284-bab4-101a-b69c-00aa00341d07 IConnectionPointContainer            1e062b84-e5e6-4b4b-8a25-67b81e8f13e8 IVdsVDisk
        3f3b1b86-dbbe-11d1-9da6-00805f85cfe3 IContainerControl                    b481498c-8354-45f9-84a0-0bdd2832a91f IVdsVdProvider
        6c935649-30a6-4211-8687-c4c83e5fe1c7 IContainerControl2                   88306bb2-e71f-478c-86a2-79da200a0f11 IVdsVolume
        038374ff-098b-11d8-9414-505054503030 IDataCollector                       72ae6713-dcbb-4a03-b36b-371f6ac6b53d IVdsVolume2
        03837502-098b-11d8-9414-505054503030 IDataCollectorCollection             ee2d5ded-6236-4169-931d-b9778ce03dc6 IVdsVolumeMF
        03837520-098b-11d8-9414-505054503030 IDataCollectorSet                    4dbcee9a-6343-4651-b85f-5e75d74d983c IVdsVolumeMF2
        03837524-098b-11d8-9414-505054503030 IDataCollectorSetCollection          6788faf9-214e-4b85-ba59-266953616e09 IVdsVolumeMF3
        0eac4842-8763-11cf-a743-00aa00a3f00d IDataFactory                         1be2275a-b315-4f70-9e44-879b3a2a53f2 IVdsVolumeOnline
        070669eb-b52f-11d1-9270-00c04fbbbfb3 IDataFactory2                        4daa0135-e1d1-40f1-aaa5-3cc1e53221c3 IVdsVolumePlex
        4639db2a-bfc5-11d2-9318-00c04fbbbfb3 IDataFactory3                        d68168c9-82a2-4f85-b6e9-74707c49a58f IVdsVolumeShrink
        03837541-098b-11d8-9414-505054503030 IDataManager                         d2d79df5-3400-11d0-b40b-00aa005ff586 IVolumeClient
        00020400-0000-0000-c000-000000000046 IDispatch                            4bdafc52-fe6a-11d2-93f8-00105a11164a IVolumeClient2
        0a74ef1c-41a4-4e06-83ae-dc74fb1cdd53 idletask                             135698d2-3a37-4d26-99df-e2bb6ae3ac61 IVolumeClient3
        d2d79df7-3400-11d0-b40b-00aa005ff586 IDMNotify                            deb01010-3a37-4d26-99df-e2bb6ae3ac61 IVolumeClient4
        3a410f21-553f-11d1-8e5e-00a0c92c9d5d IDMRemoteServer                      214a0f28-b737-4026-b847-4f9e37d79529 IVssDifferentialSoftwareSnapshotMgmt
        b196b285-bab4-101a-b69c-00aa00341d07 IEnumConnectionPoints                01954e6b-9254-4e6e-808c-c9e05d007696 IVssEnumMgmtObject
        b196b287-bab4-101a-b69c-00aa00341d07 IEnumConnections                     ae1c7110-2f60-11d3-8a39-00c04f72d8e3 IVssEnumObject
        f4a07d63-2e25-11d1-9964-00c04fbbb345 IEnumEventObject                     fa7df749-66e7-4986-a27f-e2f04ae53772 IVssSnapshotMgmt
        00020404-0000-0000-c000-000000000046 IEnumVARIANT                         29822ab7-f302-11d0-9953-00c04fd919c1 IWamAdmin
        118610b7-8d94-4030-b5b8-500889788e4e IEnumVdsObject                       29822ab8-f302-11d0-9953-00c04fd919c1 IWamAdmin2
        027947e1-d731-11ce-a357-000000000001 IEnumWbemClassObject                 c49e32c7-bc8b-11d2-85d4-00105a1f8304 IWbemBackupRestore
        fb2b72a0-7a68-11d1-88f9-0080c7d771bf IEventClass                          a359dec5-e813-4834-8a2a-ba7f1d777d76 IWbemBackupRestoreEx
        fb2b72a1-7a68-11d1-88f9-0080c7d771bf IEventClass2                         c49e32c6-bc8b-11d2-85d4-00105a1f8304 IWbemBackupRestoreEx
        7fb7ea43-2d76-4ea8-8cd9-3decc270295e IEventClass3                         44aca675-e8fc-11d0-a07c-00c04fb68820 IWbemCallResult
        f89ac270-d4eb-11d1-b682-00805fc79216 IEventObjectCollection               9a653086-174f-11d2-b5f9-00104b703efd IWbemClassObject
        f6beaff7-1e19-4fbb-9f8f-b89e2018337c IEventService                        dc12a681-737f-11cf-884d-00aa004b2e24 IWbemClassObject
        4a6b0e15-2e38-11d1-9965-00c04fbbb345 IEventSubscription                   44aca674-e8fc-11d0-a07c-00c04fb68820 IWbemContext
        4a6b0e16-2e38-11d1-9965-00c04fbbb345 IEventSubscription2                  674b6698-ee92-11d0-ad71-00c04fd8fdff IWbemContext
        fbc1d17d-c498-43a0-81af-423ddd530af6 IEventSubscription3                  1c1c45ee-4395-11d2-b60b-00104b703efd IWbemFetchSmartEnum
        4e14fb9f-2e22-11d1-9964-00c04fbbb345 IEventSystem                         f309ad18-d86a-11d0-a075-00c04fb68820 IWbemLevel1Login
        99cc098f-a48a-4e9c-8e58-965c0afc19d5 IEventSystem2                        d4781cd6-e5d3-44df-ad94-930efe48a887 IWbemLoginClientID
        a0e8f27a-888c-11d1-b763-00c04fb926af IEventSystemInitialize               541679ab-2e5f-11d3-b34e-00104bcc4b4a IWbemLoginHelper
        cfadac84-e12c-11d1-b34c-00c04f990d54 IExport                              7c857801-7381-11cf-884d-00aa004b2e24 IWbemObjectSink
        f131ea3e-b7be-480e-a60d-51cb2785779e IExport2                             2c9273e0-1dc3-11d3-b364-00105a1f8177 IWbemRefreshingServices
        03837543-098b-11d8-9414-505054503030 IFolderAction                        f1e9c5b2-f59b-11d2-b362-00105a1f8177 IWbemRemoteRefresher
        03837544-098b-11d8-9414-505054503030 IFolderActionCollection              9556dc99-828c-11cf-a37e-00aa003240c7 IWbemServices
        6cd6408a-ae60-463b-9ef1-e117534d69dc IFsrmAction                          423ec01e-2e35-11d2-b604-00104b703efd IWbemWCOSmartEnum
        12937789-e247-4917-9c20-f3ee9c7ee783 IFsrmActionCommand                   b383cd1a-5ce9-4504-9f63-764b1236f191 IWindowsDriverUpdate
        d646567d-26ae-4caa-9f84-4e0aad207fca IFsrmActionEmail                     615c4269-7a48-43bd-96b7-bf6ca27d6c3e IWindowsDriverUpdate2
        8276702f-2532-4839-89bf-4872609a2ea4 IFsrmActionEmail2                    49ebd502-4a96-41bd-9e3e-4c5057f4250c IWindowsDriverUpdate3
        4c8f96c3-5d94-4f37-a4f4-f56ab463546f IFsrmActionEventLog                  004c6a2b-0c19-4c69-9f5c-a269b2560db9 IWindowsDriverUpdate4
        2dbe63c4-b340-48a0-a5b0-158e07fc567e IFsrmActionReport                    70cf5c82-8642-42bb-9dbc-0cfd263c6c4f IWindowsDriverUpdate5
        f82e5729-6aba-4740-bfc7-c7f58f75fb7b IFsrmAutoApplyQuota                  ed8bfe40-a60b-42ea-9652-817dfcfa23ec IWindowsDriverUpdateEntry
        d2dc89da-ee91-48a0-85d8-cc72a56f7d04 IFsrmClassificationManager           0d521700-a372-4bef-828b-3d00c10adebd IWindowsDriverUpdateEntryCollection
        afc052c2-5315-45ab-841b-c6db0e120148 IFsrmClassificationRule              85713fa1-7796-4fa2-be3b-e2d6124dd373 IWindowsUpdateAgentInfo
        bb36ea26-6318-4b8c-8592-f72dd602e7a5 IFsrmClassifierModuleDefinition      4f7ca01c-a9e5-45b6-b142-2332a1339c1d IWRMAccounting
        f76fbf3b-8ddd-4b42-b05a-cb1c3ff1fee8 IFsrmCollection                      481e06cf-ab04-4498-8ffe-124a0a34296d IWRMCalendar
        96deb3b5-8b91-4a2a-9d93-80a35d8aa847 IFsrmCommittableCollection           21546ae8-4da5-445e-987f-627fea39c5e8 IWRMConfig
        39322a2d-38ee-4d0d-8095-421a80849a82 IFsrmDerivedObjectsResult            943991a5-b3fe-41fa-9696-7f7b656ee34b IWRMMachineGroup
        8dd04909-0e34-4d55-afaa-89e1f1a1bbb9 IFsrmFileGroup                       59602eb6-57b0-4fd8-aa4b-ebf06971fe15 IWRMPolicy
        ad55f10b-5f11-4be7-94ef-d9ee2e470ded IFsrmFileGroupImported               f31931a9-832d-481c-9503-887a0e6a79f0 IWRMProtocol
        426677d5-018c-485c-8a51-20b86d00bdc4 IFsrmFileGroupManager                fc910418-55ca-45ef-b264-83d4ce7d30e0 IWRMRemoteSessionMgmt
        0770687e-9f36-4d6f-8778-599d188461c9 IFsrmFileManagementJob               bc681469-9dd9-4bf4-9b3d-709f69efe431 IWRMResourceGroup
        ee321ecb-d95e-48e9-907c-c7685a013235 IFsrmFileManagementJobManager        906b0ce0-c70b-1067-b317-00dd010662da IXnRemote
        5f6325d3-ce88-4733-84c1-2d6aefc5ea07 IFsrmFileScreen                      51c82175-844e-4750-b0d8-ec255555bc06 KMS
        f3637e80-5b22-4a2b-a637-bbb642b41cfc IFsrmFileScreenBase                  57674cd0-5200-11ce-a897-08002b2e9c6d lls_license
        bee7ce02-df77-4515-9389-78f01c5afc1a IFsrmFileScreenException             342cfd40-3c6c-11ce-a893-08002b2e9c6d llsrpc
        ff4fa04e-5a94-4bda-a3a0-d5b4d3c52eba IFsrmFileScreenManager               e33c0cc4-0482-101a-bc0c-02608c6ba218 LocToLoc
        205bebf8-dd93-452a-95a6-32b566b35828 IFsrmFileScreenTemplate              afc07e2e-311c-4435-808c-c483ffeec7c9 lsacap
        e1010359-3e5d-4ecd-9fe4-ef48622fdf30 IFsrmFileScreenTemplateImported      12345778-1234-abcd-ef00-0123456789ab lsarpc
        cfe36cba-1949-4e74-a14f-f1d580ceaf13 IFsrmFileScreenTemplateManager       a4f1db00-ca47-1067-b31f-00dd010662da mapi
        1bb617b8-3886-49dc-af82-a6c90fa35dda IFsrmMutableCollection               5a7b91f8-ff00-11d0-a9b2-00c04fb6e6fc messenger
        22bcef93-4a3f-4183-89f9-2f8b8a628aee IFsrmObject                          afa8bd80-7d8a-11c9-bef4-08002b102989 mgmt
        6f4dbfff-6920-4821-a6c3-b7e94c1fd60c IFsrmPathMapper                      17fdd703-1827-4e34-79d4-24a55c53bb37 msgsvc
        515c1277-2c81-440e-8fcf-367921ed4f59 IFsrmPipelineModuleDefinition        2f5f3220-c126-1076-b549-074d078619da nddeapi
        4a73fee4-4102-4fcc-9ffb-38614f9ee768 IFsrmProperty                        4fc742e0-4a10-11cf-8273-00aa004ae673 netdfs
        326af66f-2ac0-4f68-bf8c-4759f054fa29 IFsrmPropertyCondition               22e5386d-8b12-4bf0-b0ec-6a1ea419e366 NetEventForwarder
        ede0150f-e9a3-419c-877c-01fe5d24c5d3 IFsrmPropertyDefinition              12345678-1234-abcd-ef00-01234567cffb netlogon
        47782152-d16c-4229-b4e1-0ddfe308b9f6 IFsrmPropertyDefinition2             d3fbb514-0e3b-11cb-8fad-08002b1d29c3 NsiC
        e946d148-bd67-4178-8e22-1c44925ed710 IFsrmPropertyDefinitionValue         d6d70ef0-0e3b-11cb-acc3-08002b1d29c4 NsiM
        377f739d-9647-4b8e-97d2-5ffce6d759cd IFsrmQuota                           d6d70ef0-0e3b-11cb-acc3-08002b1d29c3 NsiS
        1568a795-3924-4118-b74b-68d8f0fa5daf IFsrmQuotaBase                       f5cc5a18-4264-101a-8c59-08002b2f8426 nspi
        8bb68c7d-19d8-4ffb-809e-be4fc1734014 IFsrmQuotaManager                    99fcfec4-5260-101b-bbcb-00aa0021347a oxid
        4846cb01-d430-494f-abb4-b1054999fb09 IFsrmQuotaManagerEx                  da5a86c5-12c2-4943-ab30-7f74a813d853 PerflibV2
        42dc3511-61d5-48ae-b6dc-59fc00c0a8d6 IFsrmQuotaObject                     dea00002-6c97-11d1-8271-00a02442df7d pn_io_controller
        a2efab31-295e-46bb-b976-e86d58b52e8b IFsrmQuotaTemplate                   dea00001-6c97-11d1-8271-00a02442df7d pn_io_device
        9a2bf113-a329-44cc-809a-5c00fce8da40 IFsrmQuotaTemplateImported           dea00004-6c97-11d1-8271-00a02442df7d pn_io_parameterserver
        4173ac41-172d-4d52-963c-fdc7e415f717 IFsrmQuotaTemplateManager            dea00003-6c97-11d1-8271-00a02442df7d pn_io_supervisor
        d8cc81d9-46b8-4fa4-bfa5-4aa9dec9b638 IFsrmReport                          8d9f4e40-a03d-11ce-8f69-08003e30051b pnp
        38e87280-715c-4c7d-a280-ea1651a19fef IFsrmReportJob                       1088a980-eae5-11d0-8d9b-00a02453c337 qm2qm
        27b899fe-6ffa-4481-a184-d3daade8a02b IFsrmReportManager                   fdb3a030-065f-11d1-bb9b-00a024ea5525 qmcomm
        6879caf9-6617-4484-8719-71c3d8645f94 IFsrmReportScheduler                 76d12b80-3467-11d3-91ff-0090272f9ea3 qmcomm2
        cb0df960-16f5-4495-9079-3f9360d831df IFsrmRule                            41208ee0-e970-11d1-9b9e-00e02c064c39 qmmgmt
        f411d4fd-14be-4260-8c40-03b7c95e608a IFsrmSetting                         20610036-fa22-11cf-9823-00a0c911e5df rasrpc
        15a81350-497d-4aba-80e9-d4dbcc5521fe IFsrmStorageModuleDefinition         497d95a6-2d27-4bf5-9bbd-a6046957133c RCMListener
        b60040e0-bcf3-11d1-861d-0080c729264d IGetTrackingData                     bde95fdf-eee0-45de-9e12-e5a61cd0d4fe RCMPublic
        7c4e1804-e342-483d-a43e-a850cfcc8d18 IIISApplicationAdmin                 4d9f4ab8-7d1c-11cf-861e-0020af6e7c57 remact
        bd0c73bc-805b-4043-9c30-9a28d64dd7d2 IIISCertObj                          6b5bdd1e-528c-422c-af8c-a4079be4fe48 RemoteFW
        e8fb8620-588f-11d2-9d61-00c04f79c5fe IIisServiceControl                   1a9134dd-7b39-45ba-ad88-44d01ca47f28 RemoteRead
        7c907864-346c-4aeb-8f3f-57da289f969f IImageInformation                    2f5f6521-ca47-1068-b319-00dd010662db remotesp
        c2be6970-df9e-11d1-8b87-00c04fd7a924 IImport                              00000131-0000-0000-c000-000000000046 remunk
        1f7b1697-ecb2-4cbb-8a0e-75c427f4a6f0 IImport2                             00000143-0000-0000-c000-000000000046 remunk2
        d9a59339-e245-4dbd-9686-4d5763e39624 IInstallationBehavior                1544f5e0-613c-11d1-93df-00c04fd7bd09 rfr
        8d0ffe72-d252-11d0-bf8f-00c04fd9126b IKeySvc                              3c4728c5-f0ab-448b-bda1-6ce01eb0a6d5 RpcSrvDHCPC
        68b58241-c259-4f03-a2e5-a2651dcbc930 IKeySvc2                             8f09f000-b7ed-11ce-bbd2-00001a181cad rras
        c3fcc19e-a970-11d2-8b5a-00a0c9b7c9c4 IManagedObject                       12345778-1234-abcd-ef00-0123456789ac samr
        034634fd-ba3f-11d1-856a-00a0c944138c IManageTelnetSessions                378e52b0-c0a9-11cf-822d-00aa0051e40f sasec
        081e7188-c080-4ff3-9238-29f66d6cabfd IMessenger                           1257b580-ce2f-4109-82d6-a9459d0bf6bc SessEnvPublicRpc
        8298d101-f992-43b7-8eca-5052d885b995 IMSAdminBase2W                       83da7c00-e84f-11d2-9807-00c04f8ec850 sfcapi
        f612954d-3b0b-4c56-9563-227b7be624b4 IMSAdminBase3W                       12345678-1234-abcd-ef00-0123456789ab spoolss
        70b51430-b6ca-11d0-b9b9-00a0c922e750 IMSAdminBaseW                        4b324fc8-1670-01d3-1278-5a47bf6ee188 srvsvc
        82ad4280-036b-11cf-972c-00aa006887b0 inetinfo                             4b112204-0e19-11d3-b42b-0000f81feb9f ssdpsrv
        894de0c0-0d55-11d3-a322-00c04fa321a1 initshutdown                         367abb81-9844-35f1-ad32-98f038001003 svcctl
        4e934f30-341a-11d1-8fb1-00a024cb6019 INtmsLibraryControl1                 2f5f6520-ca46-1067-b319-00dd010662da tapi
        db90832f-6910-4d46-9f5e-9fd6bfa73903 INtmsLibraryControl2                 86d35949-83c9-4044-b424-db363231fd0c taskschedulerservice
        d02e4be0-3419-11d1-8fb1-00a024cb6019 INtmsMediaServices1                  88143fd0-c28d-4b2b-8fef-8d882f6a9390 TermSrvEnumeration
        bb39332c-bfee-4380-ad8a-badc8aff5bb6 INtmsNotifySink                      11899a43-2b68-4a76-92e3-a3d6ad8c26ce TermSrvNotification
        69ab7050-3059-11d1-8faf-00a024cb6019 INtmsObjectInfo1                     484809d6-4239-471b-b5bc-61df8c23ac48 TermSrvSession
        b057dc50-3059-11d1-8faf-00a024cb6019 INtmsObjectManagement1               4da1c422-943d-11d1-acae-00c04fc2aa3f trksvr
        895a2c86-270d-489d-a6c0-dc2a9b35280e INtmsObjectManagement2               300f3532-38cc-11d0-a3f0-0020af6b0add trkwks
        3bbed8d9-2c9a-4b21-8936-acb2f995be6c INtmsObjectManagement3               44e265dd-7daf-42cd-8560-3cdb6e7a2729 TsProxyRpcInterface
        8da03f40-3419-11d1-8fb1-00a024cb6019 INtmsSession1                        53b46b02-c73b-4a3e-8dee-b16b80672fc0 TSVIPPublic
        784b693d-95f3-420b-8126-365c098659f2 IOCSPAdminD                          a35af600-9cf4-11cd-a076-08002b2bd711 type_scard_pack
        833e4100-aff7-4ac3-aac2-9f24c1457bce IPCHCollection                       00020401-0000-0000-c000-000000000046 typeinfo
        833e4200-aff7-4ac3-aac2-9f24c1457bce IPCHService                          8fb6d884-2388-11d0-8c35-00c04fda2795 W32Time
        03837506-098b-11d8-9414-505054503030 IPerformanceCounterDataCollector     1a927394-352e-4553-ae3f-7cf4aafca620 WdsRpcInterface
        23c9dd26-2355-4fe2-84de-f779a238adbd IProcessDump                         d95afe70-a6d5-4259-822e-2c84da1ddb0d WindowsShutdown
        f120a684-b926-447f-9df4-c966cb785648 IRASrv                               338cd001-2244-31f1-aaaa-900038001003 winreg
        8db2180e-bd29-11d1-8b7e-00c04fd7a924 IRegister                            811109bf-a4e1-11d1-ab54-00a0c91e9b45 winsi2
        971668dc-c3fe-4ea1-9643-0c7230f494a1 IRegister2                           45f52c28-7f9f-101a-b52b-08002b2efabe winsif
        6619a740-8154-43be-a186-0319578e02db IRemoteDispatch                      ccd8c074-d0e5-4a40-92b4-d074faa6ba28 witness
        66a2db22-d706-11d0-a37b-00c04fc9da04 IRemoteICFICSConfig                  6bffd098-a112-3610-9833-46c3f87e345a wkssvc
        6139d8a4-e508-4ebb-bac7-d7f275145897 IRemoteIPV6Config                    621dff68-3c39-4c6c-aae3-e68e2c6503ad wzcsvc
        66a2db1b-d706-11d0-a37b-00c04fc9da04 IRemoteNetworkConfig
        """;
}
